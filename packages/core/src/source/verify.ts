import { IsopodError } from "../errors.ts";

const ALGORITHMS = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;
type Algorithm = keyof typeof ALGORITHMS;
const STRONGEST: readonly Algorithm[] = ["sha512", "sha384", "sha256"];

/**
 * Holds bytes against Subresource Integrity: `sha256-…`, `sha384-…` or `sha512-…` in base64, several apart by spaces,
 * of which those of the strongest algorithm count and one must hold.
 *
 * Source: W3C Subresource Integrity. Unlike a browser, what cannot be checked is refused, not ignored.
 * @throws `invalid_option`, `integrity`
 */
export async function verify(bytes: Uint8Array, integrity: string): Promise<void> {
  const hashes = integrity.trim().split(/\s+/).map(parse);
  const algorithm = STRONGEST.find((name) => hashes.some((hash) => hash.algorithm === name))!;
  const actual = await digest(bytes, algorithm);
  const wanted = hashes.filter((hash) => hash.algorithm === algorithm).map(({ value }) => `${algorithm}-${value}`);
  if (wanted.includes(actual)) return;
  throw new IsopodError("integrity", `the plugin's digest is ${actual}, not ${wanted.join(" or ")}: nothing was compiled`, { details: { actual, wanted } });
}

/** The digest in the form that `integrity` takes. */
export async function digest(bytes: Uint8Array, algorithm: Algorithm = "sha256"): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest(ALGORITHMS[algorithm], bytes));
  return `${algorithm}-${btoa(String.fromCharCode(...hash))}`;
}

function parse(text: string): { algorithm: Algorithm; value: string } {
  const [, algorithm, value] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(text) ?? [];
  if (!algorithm || !value) throw new IsopodError("invalid_option", `integrity must be such as "sha256-…" in base64, and is "${text}"`);
  return { algorithm: algorithm as Algorithm, value };
}
