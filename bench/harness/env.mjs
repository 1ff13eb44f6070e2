import { readFileSync } from "node:fs";

const GUESTS = new URL("../../guests/dist/", import.meta.url);

/** @returns {import("./types.mjs").Env} */
export function environment(/** @type {{ lang: string }} */ { lang }) {
  return {
    lang,
    // A copy in a buffer of its own: a small file read by Node is a view of a shared pool.
    guest: (name) => new Uint8Array(readFileSync(new URL(`${name}.wasm`, GUESTS))),
  };
}
