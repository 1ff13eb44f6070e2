import { readFileSync } from "node:fs";

interface Exports {
  readonly memory: WebAssembly.Memory;
  malloc(length: number): number;
  free(pointer: number): void;
  validate(pointer: number, length: number): bigint;
  validateMany(pointer: number, length: number): bigint;
  rules(pointer: number, length: number): bigint;
}

export type Operation = "validate" | "validateMany" | "rules";

/** The plugin as built, called by hand, so that no host has a part in what it answers. */
export class Plugin {
  readonly #exports: Exports;

  constructor() {
    const module = new WebAssembly.Module(readFileSync(new URL("../../../dist/validator.wasm", import.meta.url)));
    this.#exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  }

  call(operation: Operation, input: string | Uint8Array): string {
    const { memory, malloc, free } = this.#exports;
    const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
    const pointer = malloc(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, pointer);
    const packed = BigInt.asUintN(64, this.#exports[operation](pointer, bytes.length));
    const [at, length] = [Number(packed >> 32n), Number(packed & 0xffff_ffffn)];
    const answer = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(memory.buffer, at, length));
    if (at !== pointer && length > 0) free(at);
    free(pointer);
    return answer;
  }
}
