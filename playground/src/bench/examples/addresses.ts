/** Where each guest is served from; one that is not chosen is not fetched. */
export const ADDRESSES = import.meta.glob<string>(
  [
    "../../../../guests/dist/{plain,packed,extism,wapc}-{as,c,wat}.wasm",
    "../../../../guests/dist/{validator,component,kit-{extism,wapc}-as,hostile-{missing-imports,result-beyond,two-abis},foreign-wasm-bindgen}.wasm",
  ],
  { query: "?url", import: "default", eager: true },
);
