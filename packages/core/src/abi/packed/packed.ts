import { liftShape, isNumeric, replyBytes, replyNumber } from "../../capability/shapes.ts";
import type { FunctionEntry, Shape } from "../../capability/functions.ts";
import { lift, payload, type Call } from "../../contract/call.ts";
import { IsopodError, retires } from "../../errors.ts";
import { GuestMemory } from "../../memory/guest-memory.ts";
import { Packed } from "../../memory/packed.ts";
import { encodeInto } from "../../memory/text.ts";
import type { Marshal } from "../../wait/bind.ts";
import { HostImports } from "../../wait/imports.ts";
import type { Import, Inspected } from "../../wasm/types.ts";
import type { Abi, AbiInstance, Program, Services } from "../abi.ts";
import { assemblyscript } from "../assemblyscript/env.ts";
import { exported, isOfType, operation } from "../exports.ts";
import { instantiate } from "../link.ts";
import { initialise, starters } from "../start.ts";
import { wasi } from "../wasi/wasi.ts";

const SIGNATURE = "(i32, i32) -> i64";
const ALLOCATORS = ["malloc", "alloc", "allocate"];
const DEALLOCATORS = ["free", "dealloc", "deallocate"];

/**
 * Bytes through the guest's own allocator: `fn(pointer, length) -> pointer << 32 | length`. See README.md beside this
 * file for the picture of memory.
 */
export function packed(): Abi {
  return {
    name: "packed",
    match: (inspected) => {
      const allocator = nameOf(inspected, ALLOCATORS);
      const names = operations(inspected);
      if (!allocator || !exported(inspected, "memory", "memory") || names.length === 0) return undefined;
      return { rank: 1, reason: `exports memory, ${allocator} and functions ${SIGNATURE}: ${names.slice(0, 5).join(", ")}` };
    },
    operations,
    instantiate: (program, services) => new PackedInstance(program, services),
  };
}

function operations(inspected: Inspected): string[] {
  const own = [...ALLOCATORS, ...DEALLOCATORS];
  return inspected.exports.filter((item) => isOfType(item, SIGNATURE) && !own.includes(item.name)).map(({ name }) => name);
}

function nameOf(inspected: Inspected, candidates: readonly string[]): string | undefined {
  return candidates.find((name) => exported(inspected, name));
}

class PackedInstance implements AbiInstance {
  readonly memory: GuestMemory;
  readonly #host: HostImports;
  readonly #inspected: Inspected;
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #malloc: (size: number) => number;
  /** Takes (pointer) or, as Rust's does, (pointer, size); a further argument is dropped at the boundary. */
  readonly #free: ((pointer: number, size: number) => void) | undefined;
  readonly #operations = new Map<string, Function>();
  readonly #result = new Packed();
  #run!: Function;
  #pointer = 0;
  #room = 0;
  #length = 0;

  constructor(program: Program, services: Services) {
    const { inspected } = program.main;
    this.#inspected = inspected;
    this.#host = new HostImports(services.functions, services.scope, (entry, wanted) => this.#marshal(entry, wanted));
    const live = instantiate(program, (linked) => [this.#host.provide, wasi(services, linked), assemblyscript(services, linked)]);
    const malloc = nameOf(inspected, ALLOCATORS);
    const free = nameOf(inspected, DEALLOCATORS);
    if (!live.memory || !malloc) throw new IsopodError("bad_signature", "a plugin of the ABI packed must export its memory and an allocator: malloc and free, or alloc and dealloc");
    this.memory = live.memory;
    this.#exports = live.exports;
    this.#malloc = live.exports[malloc] as (size: number) => number;
    this.#free = free === undefined ? undefined : (live.exports[free] as (pointer: number, size: number) => void);
    initialise(live, services.scope, starters(live));
  }

  get suspends(): boolean {
    return this.#host.suspends;
  }

  lower(call: Call): void {
    this.#run = this.#operations.get(call.op) ?? this.#find(call.op);
    const data = payload(call.input);
    if (typeof data === "string") this.#lowerText(data);
    else this.#lowerBytes(data);
  }

  enter(): unknown {
    return this.#run(this.#pointer, this.#length);
  }

  lift(call: Call, raw: unknown): unknown {
    if (typeof raw !== "bigint") throw new IsopodError("bad_signature", `"${call.op}" gave ${typeof raw}, and an operation of this ABI is ${SIGNATURE}`);
    this.#result.value = raw;
    const { pointer, length } = this.#result;
    let output: unknown;
    try {
      output = lift(call, this.memory, pointer, length);
    } catch (error) {
      // An instance that is retired is not cleaned up: what it said of its memory is not to be trusted.
      if (!retires(error)) this.#release(pointer, length);
      throw error;
    }
    this.#release(pointer, length);
    return output;
  }

  /** Both are the host's to free, unless there is nothing, or the result lies in the input that the guest was given. */
  #release(pointer: number, length: number): void {
    if (!this.#free) return;
    const isOwn = pointer < this.#pointer || pointer >= this.#pointer + this.#room;
    if (isOwn && pointer !== 0 && length !== 0) this.#free(pointer, length);
    if (this.#room !== 0) this.#free(this.#pointer, this.#room);
  }

  #lowerBytes(bytes: Uint8Array): void {
    this.#allocate(bytes.length);
    this.#length = bytes.length;
    if (bytes.length !== 0) this.memory.u8.set(bytes, this.#pointer);
  }

  /** Three bytes a UTF-16 unit hold any text; the guest is told the true length. */
  #lowerText(text: string): void {
    this.#allocate(text.length * 3);
    this.#length = text.length === 0 ? 0 : encodeInto(text, this.memory.u8.subarray(this.#pointer, this.#pointer + this.#room));
  }

  #allocate(size: number): void {
    this.#room = size;
    this.#pointer = size === 0 ? 0 : this.#take(size);
  }

  /** @throws `out_of_bounds` for a pointer that cannot be */
  #take(size: number): number {
    const pointer = this.#malloc(size) >>> 0;
    if (pointer === 0 || pointer + size > this.memory.u8.length) {
      throw new IsopodError("out_of_bounds", `the plugin's allocator gave ${pointer} for ${size} bytes, and its memory has ${this.memory.u8.length}`, { details: { pointer, size } });
    }
    return pointer;
  }

  #find(op: string): Function {
    const run = this.#host.enterable(operation(this.#inspected, this.#exports, op, (item) => isOfType(item, SIGNATURE), SIGNATURE));
    this.#operations.set(op, run);
    return run;
  }

  /** By default (i32, i32) is one run of bytes and an i64 result another; numbers otherwise. Shapes spell it out. */
  #marshal(entry: FunctionEntry, wanted: Import): Marshal {
    const isBytes = entry.params === undefined && (wanted.type === undefined || wanted.type.params.join() === "i32,i32");
    const params: readonly Shape[] = entry.params ?? (isBytes ? ["bytes"] : (wanted.type?.params as Shape[]));
    const result = entry.result ?? (wanted.type && wanted.type.results.length === 0 ? undefined : isBytes ? "bytes" : (wanted.type?.results[0] as Shape));
    return {
      lift: (raw) => {
        let at = 0;
        return params.map((shape) => (isNumeric(shape) ? raw[at++] : liftShape(shape, this.memory.copy(raw[at++] as number, raw[at++] as number))));
      },
      lower: (reply) => {
        if (result === undefined) return undefined;
        if (isNumeric(result)) return replyNumber(result, reply);
        const bytes = replyBytes(result, reply);
        const pointer = bytes.length === 0 ? 0 : this.#take(bytes.length);
        if (pointer !== 0) this.memory.u8.set(bytes, pointer);
        return this.#result.of(pointer, bytes.length);
      },
    };
  }
}
