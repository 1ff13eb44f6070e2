import { IsopodError } from "../../errors.ts";
import type { Budget } from "../../limits/budget.ts";
import { GuestMemory } from "../../memory/guest-memory.ts";
import { copyOut, viewOf } from "../../memory/ranges.ts";
import { decode, decodeLossy, encode, encodeInto } from "../../memory/text.ts";
import type { WasmMemory, WasmModule } from "../../wasm/engine.ts";
import { ERROR_OFFSET, KERNEL_ORIGIN, type KernelExports } from "./kernel/exports.ts";
import { KERNEL_BASE64 } from "./kernel/kernel.ts";

/** Where the kernel's module is kept once it is compiled: with the ABI, for all its instances. */
export interface KernelSource {
  module: WasmModule | undefined;
}

/** What it is lent at once where nothing is limited. */
const MOST_FUEL = 2 ** 30;
/** What counts for limits. */
const SHAPE = { imports: [], memories: [{ minimum: 1, shared: false, wide: false }] };

/** One kernel: the memory an Extism guest and its host share, and the host's way in. */
export class Kernel {
  readonly memory: GuestMemory;
  /** What guests import, by their 1.x names. */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly #own: KernelExports;
  readonly #begin: (length: number) => number;
  #words: Int32Array;
  readonly #budget: Budget | undefined;

  /** @param budget what it does for a guest counts as the guest's */
  constructor(source: KernelSource, budget?: Budget) {
    source.module ??= compile();
    this.#budget = budget;
    const imports = { isopod: { tick: (kind: number) => (kind === 0 ? MOST_FUEL : 1) } };
    this.exports = (budget?.instance({ module: source.module, inspected: SHAPE }, imports) ?? new WebAssembly.Instance(source.module, imports)).exports;
    this.#own = this.exports as unknown as KernelExports;
    const memory = this.#own.memory as WasmMemory;
    this.memory = new GuestMemory(memory, KERNEL_ORIGIN);
    this.#begin = this.#own.begin;
    this.#words = new Int32Array(memory.buffer);
  }

  /** Starts a call: every block of the one before is gone, and these bytes are its input. @throws `bad_input` */
  begin(input: Uint8Array): void {
    const at = this.#begin(input.length);
    if (input.length === 0) return;
    if (at === 0) throw tooLarge(input.length);
    this.memory.u8.set(input, at);
  }

  /** The same with text. Three bytes a UTF-16 unit hold any, and what is left is cut off. @throws `bad_input` */
  beginText(input: string): void {
    const room = input.length * 3;
    const at = this.#begin(room);
    if (room === 0) return;
    if (at === 0) throw tooLarge(room);
    const written = encodeInto(input, this.memory.u8, at);
    if (written !== room) this.#own.shrink(at, written);
  }

  /** What the call came to: read it by `OUTPUT_OFFSET`, `OUTPUT_LENGTH` and `ERROR_OFFSET`. */
  get outcome(): Int32Array {
    return this.#words.length === 0 ? (this.#words = new Int32Array(this.#own.memory.buffer)) : this.#words;
  }

  /** What the guest said went wrong; "" where it said nothing. @throws `limit` */
  errorText(): string {
    const at = this.outcome[ERROR_OFFSET]! >>> 0;
    const length = Number(this.#own.length(BigInt(at)));
    this.#budget?.output(length);
    return decodeLossy(viewOf(this.memory, at, length));
  }

  /** A copy of the block that the guest named by its offset; no bytes where there is none. */
  read(offset: bigint): Uint8Array {
    const length = Number(this.#own.length(offset));
    this.#budget?.work(length);
    return length === 0 ? new Uint8Array(0) : copyOut(this.memory, Number(offset), length);
  }

  readText(offset: bigint): string {
    return decode(this.read(offset));
  }

  /** A new block that holds these bytes; 0 for none. @throws `bad_input` */
  write(bytes: Uint8Array): bigint {
    this.#budget?.work(bytes.length);
    const at = this.#own.host_alloc(bytes.length) >>> 0;
    if (bytes.length === 0) return 0n;
    if (at === 0) throw tooLarge(bytes.length);
    this.memory.u8.set(bytes, at);
    return BigInt(at);
  }

  writeText(text: string): bigint {
    return this.write(encode(text));
  }
}

function tooLarge(size: number): IsopodError {
  return new IsopodError("bad_input", `${size} bytes do not fit into the memory that plugin and host share`);
}

function compile(): WasmModule {
  return new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0)));
}
