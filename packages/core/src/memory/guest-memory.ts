import { failure, type IsopodError } from "../errors.ts";
import type { WasmMemory } from "../wasm/engine.ts";

/**
 * A guest's linear memory as the host sees it: every pointer is unsigned, every range is checked before it is used.
 *
 * A view dies (its length becomes 0) when the guest grows its memory, so `u8` is asked for anew after every call into
 * the guest; asking costs one comparison. What is done with a range is in ranges.ts.
 */
export class GuestMemory {
  readonly memory: WasmMemory;
  readonly #origin: number;
  #view: Uint8Array<ArrayBuffer>;

  /** @param origin where offset 0 lies, for a memory that keeps its first bytes to itself */
  constructor(memory: WasmMemory, origin = 0) {
    this.memory = memory;
    this.#origin = origin;
    this.#view = new Uint8Array(memory.buffer, origin);
  }

  /** The whole memory, fresh. */
  get u8(): Uint8Array<ArrayBuffer> {
    const view = this.#view;
    return view.length === 0 ? this.#renew() : view;
  }

  #renew(): Uint8Array<ArrayBuffer> {
    return (this.#view = new Uint8Array(this.memory.buffer, this.#origin));
  }

  /** A range of no bytes is nowhere, so its pointer may be anything: guests hand over 0, 1 or -1. */
  check(pointer: number, length: number, u8: Uint8Array): void {
    if (pointer + length > u8.length && length !== 0) throw outOfBounds(pointer, length, u8.length);
  }
}

/** What a guest did that named memory which it does not have. */
export function outOfBounds(pointer: number, length: number, memory: number): IsopodError {
  return failure("out_of_bounds", `the plugin named ${length} bytes at ${pointer} of its ${memory}`, { pointer, length, memory });
}
