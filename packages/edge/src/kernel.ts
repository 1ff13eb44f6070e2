/** The kernel of the Extism ABI, as workerd imports a compiled module: `#kernel` where no other condition holds. */
export { default } from "./kernel.wasm";
