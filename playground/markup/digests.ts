import type { Plugin } from "vite";
import digests from "../../guests/dist/digests.json" with { type: "json" };

const SCHEME = "digest:";

/** `import sha256 from "digest:validator"`: the digest of one guest, without those of all others, which no server can compress. */
export function guestDigests(): Plugin {
  const known: Readonly<Record<string, { readonly sha256: string }>> = digests;
  return {
    name: "isopod:digests",
    resolveId: (id) => (id.startsWith(SCHEME) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith(`\0${SCHEME}`) ? `export default ${JSON.stringify(known[`${id.slice(SCHEME.length + 1)}.wasm`]!.sha256)};` : undefined),
  };
}
