/** The kernel of the Extism ABI, as Next and Vercel import a compiled module: `#kernel` under the condition `edge-light`. */
export { default } from "./kernel.wasm?module";
