import { failure } from "../errors.ts";

/**
 * Holds bytes against Subresource Integrity: `sha256-…`, `sha384-…` or `sha512-…` in base64, several apart by spaces,
 * of which those of the strongest algorithm count and one must hold.
 *
 * Source: W3C Subresource Integrity. Unlike a browser, what cannot be checked is refused, not ignored.
 * @throws `invalid_option`, `integrity`
 */
export async function verify(bytes: Uint8Array, integrity: string): Promise<void> {
  const hashes = integrity.trim().split(/\s+/).map(parse);
  const algorithm = hashes.map(([name]) => name).sort().at(-1)!;
  const wanted = hashes.filter(([name]) => name === algorithm).map((hash) => hash.join("-"));
  const actual = await digest(bytes, algorithm);
  if (!wanted.includes(actual)) throw failure("integrity", `the plugin is ${actual}, not ${wanted.join(" or ")}`, { actual, wanted });
}

type Algorithm = "sha256" | "sha384" | "sha512";

/**
 * The digest in the form that `integrity` takes.
 *
 * @example await host.load(url, { integrity: await digest(bytes) }); // "sha256-…"
 */
export async function digest(bytes: Uint8Array, algorithm: Algorithm = "sha256"): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest(algorithm.replace("sha", "SHA-"), bytes));
  return `${algorithm}-${btoa(String.fromCharCode(...hash))}`;
}

function parse(text: string): [algorithm: Algorithm, value: string] {
  const [, algorithm, value] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(text) ?? [];
  if (!value) throw failure("invalid_option", `integrity must be such as "sha256-…", not "${text}"`);
  return [algorithm as Algorithm, value];
}
