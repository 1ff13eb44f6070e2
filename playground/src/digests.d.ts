/** Written by markup/digests.ts: `sha256-…` of one guest. */
declare module "digest:*" {
  const sha256: string;
  export default sha256;
}
