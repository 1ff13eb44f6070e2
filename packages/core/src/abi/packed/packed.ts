import type { Scope } from "../../capability/scope.ts";
import { lift, payload, type Call } from "../../contract/call.ts";
import { failure, retires } from "../../errors.ts";
import { outOfBounds, type GuestMemory } from "../../memory/guest-memory.ts";
import { Packed } from "../../memory/packed.ts";
import { encodeInto } from "../../memory/text.ts";
import type { HostFunctions } from "../../wait/imports.ts";
import type { Suspension } from "../../wait/suspension.ts";
import type { Inspected } from "../../wasm/types.ts";
import type { Abi, AbiInstance, ImportModule, Program, Services } from "../abi.ts";
import { exported, few, isOfType, isStarter, operation } from "../exports.ts";
import { instantiate } from "../link.ts";
import { initialise, starters } from "../start.ts";

const SIGNATURE = "(i32, i32) -> i64";
const ALLOCATORS = ["malloc", "alloc", "allocate"];
const DEALLOCATORS = ["free", "dealloc", "deallocate"];

/**
 * Bytes through the guest's own allocator: `fn(pointer, length) -> pointer << 32 | length`. See README.md beside this
 * file for the picture of memory.
 *
 * @param functions lets plugins call functions of the application
 */
export function packed(imports: readonly ImportModule[] = [], functions?: HostFunctions<Allocator>): Abi {
  return {
    name: "packed",
    match: (inspected) => {
      const allocator = nameOf(inspected, ALLOCATORS);
      const names = operations(inspected);
      if (!allocator || !exported(inspected, "memory", "memory") || names.length === 0) return undefined;
      return { rank: 1, reason: `exports memory, ${allocator} and ${SIGNATURE}: ${few(names)}` };
    },
    operations,
    ...(functions && { functions: functions.tabulate }),
    instantiate: (program, services) => new PackedInstance(program, services, imports, functions),
  };
}

function operations(inspected: Inspected): string[] {
  const own = [...ALLOCATORS, ...DEALLOCATORS];
  return inspected.exports.filter((item) => isOfType(item, SIGNATURE) && !own.includes(item.name) && !isStarter(item)).map(({ name }) => name);
}

function nameOf(inspected: Inspected, candidates: readonly string[]): string | undefined {
  return candidates.find((name) => exported(inspected, name));
}

/** A guest's memory, and room in it by the guest's own `malloc`. */
export interface Allocator {
  readonly memory: GuestMemory;
  /** @throws `out_of_bounds` where the guest gives none, or what it does not have */
  allocate(size: number): number;
}

class PackedInstance implements AbiInstance, Allocator {
  readonly memory: GuestMemory;
  readonly suspension: Suspension | undefined;
  readonly #inspected: Inspected;
  readonly #scope: Scope;
  readonly #exports: Readonly<Record<string, unknown>>;
  readonly #malloc: (size: number) => number;
  /** Takes (pointer) or, as Rust's does, (pointer, size); a further argument is dropped at the boundary. */
  readonly #free: ((pointer: number, size: number) => void) | undefined;
  readonly #operations = new Map<string, (pointer: number, length: number) => bigint>();
  readonly #result = new Packed();
  /** The operation called last: most plugins are called with the same one again. */
  #op: string | undefined;
  #run!: (pointer: number, length: number) => bigint;
  #pointer = 0;
  #room = 0;
  #length = 0;

  constructor(program: Program, services: Services, imports: readonly ImportModule[], functions: HostFunctions<Allocator> | undefined) {
    const { inspected } = program.main;
    this.#inspected = inspected;
    this.#scope = services.scope;
    const host = functions?.link(services, this);
    const live = instantiate(program, services.scope, (linked) => [...(host ? [host.provide] : []), ...imports.map((provide) => provide(services, linked))]);
    const malloc = nameOf(inspected, ALLOCATORS);
    const free = nameOf(inspected, DEALLOCATORS);
    if (!live.memory || !malloc) throw failure("bad_signature", "the ABI packed needs memory and malloc");
    this.memory = live.memory;
    this.suspension = host?.suspension;
    this.#exports = live.exports;
    this.#malloc = live.exports[malloc] as (size: number) => number;
    this.#free = free === undefined ? undefined : (live.exports[free] as (pointer: number, size: number) => void);
    initialise(live, services.scope, starters(live));
  }

  call(call: Call): unknown {
    this.#lower(call);
    this.#scope.inside = true;
    this.#result.value = this.#run(this.#pointer, this.#length);
    this.#scope.check();
    this.#scope.inside = false;
    return this.#lift(call);
  }

  begin(call: Call): Promise<unknown> {
    this.#lower(call);
    this.#scope.inside = true;
    return this.#run(this.#pointer, this.#length) as never;
  }

  end(call: Call, raw: unknown): unknown {
    this.#result.value = raw as bigint;
    return this.#lift(call);
  }

  /** Text gets three bytes a UTF-16 unit, which hold any, and the guest is told the true length. */
  #lower(call: Call): void {
    if (call.op !== this.#op) this.#choose(call.op);
    const data = payload(call.input);
    const room = typeof data === "string" ? data.length * 3 : data.length;
    const pointer = room === 0 ? 0 : this.allocate(room);
    this.#room = this.#length = room;
    this.#pointer = pointer;
    if (typeof data === "string") this.#length = encodeInto(data, this.memory.u8, pointer);
    else this.memory.u8.set(data, pointer);
  }

  allocate(size: number): number {
    const pointer = this.#malloc(size) >>> 0;
    const room = this.memory.u8.length;
    if (pointer === 0 || pointer + size > room) throw outOfBounds(pointer, size, room);
    return pointer;
  }

  /** Input and result are the host's to free, unless there is nothing, or the result lies in the input that the guest was given. */
  #lift(call: Call): unknown {
    const { pointer, length } = this.#result;
    let output: unknown;
    try {
      output = lift(call, this.memory, pointer, length, this.#scope.budget);
    } catch (error) {
      // An instance that is retired is not cleaned up: what it said of its memory is not to be trusted.
      if (!retires(error)) this.#release(pointer, length);
      throw error;
    }
    this.#release(pointer, length);
    return output;
  }

  #release(pointer: number, length: number): void {
    const free = this.#free;
    if (free === undefined) return;
    const room = this.#room;
    const given = this.#pointer;
    const isInput = pointer >= given && pointer < given + room;
    if (length !== 0 && pointer !== 0 && !isInput) free(pointer, length);
    if (room !== 0) free(given, room);
  }

  #choose(op: string): void {
    this.#run = this.#operations.get(op) ?? this.#find(op);
    this.#op = op;
  }

  #find(op: string): (pointer: number, length: number) => bigint {
    const found = operation(this.#inspected, this.#exports, op, (item) => isOfType(item, SIGNATURE), SIGNATURE);
    const run = (this.suspension?.enter(found) ?? found) as (pointer: number, length: number) => bigint;
    const known = exported(this.#inspected, op)?.type !== undefined || this.suspension !== undefined;
    const checked = known ? run : (pointer: number, length: number) => mustBePacked(op, run(pointer, length));
    this.#operations.set(op, checked);
    return checked;
  }
}

/** Where a bare Module does not say its types, the first call does. */
function mustBePacked(op: string, raw: unknown): bigint {
  if (typeof raw === "bigint") return raw;
  throw failure("bad_signature", `"${op}" gave ${typeof raw}, not i64: ${SIGNATURE}`);
}
