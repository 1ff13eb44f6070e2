import { tabulate } from "../../capability/functions.ts";
import { liftCopy, parse, payload, type Call } from "../../contract/call.ts";
import { IsopodError } from "../../errors.ts";
import type { GuestMemory } from "../../memory/guest-memory.ts";
import { put } from "../../memory/bytes.ts";
import { viewOf } from "../../memory/ranges.ts";
import { decode, decodeLossy, encode, encodeInto } from "../../memory/text.ts";
import type { Suspension } from "../../wait/suspension.ts";
import type { Abi, AbiInstance, ImportModule, Program, Services } from "../abi.ts";
import { exported, isOfType } from "../exports.ts";
import { instantiate, type Linked, type Provider } from "../link.ts";
import { initialise } from "../start.ts";
import { HostCalls } from "./host-calls.ts";

const SIGNATURE = "(i32, i32) -> i32";
/** Longest text that is encoded into the scratch, in UTF-16 units. */
const SHORT = 64;

/** waPC: the guest asks for its request, and hands its response over. See README.md beside this file. */
export function wapc(imports: readonly ImportModule[] = []): Abi {
  return {
    name: "wapc",
    match: ({ imports, exports }) => {
      if (imports.some(({ module }) => module === "wapc")) return { rank: 3, reason: 'imports the module "wapc"' };
      if (exports.some(({ name }) => name === "__guest_call")) return { rank: 2, reason: "exports __guest_call" };
      return undefined;
    },
    operations: () => [],
    functions: tabulate,
    instantiate: (program, services) => new WapcInstance(program, services, imports),
  };
}

class WapcInstance implements AbiInstance {
  readonly memory: GuestMemory;
  readonly suspension: Suspension | undefined;
  readonly #host: HostCalls;
  readonly #services: Services;
  readonly #guestCall: (op: number, payload: number) => unknown;
  /** The operation called last, and its name as UTF-8. */
  #op = "";
  #name: Uint8Array = encode("");
  /** The payload is the first `#length` bytes of this. */
  #request!: Uint8Array;
  #length = 0;
  /** Where short text is encoded, so that it needs no array of its own. */
  readonly #scratch = new Uint8Array(SHORT * 3);
  #response: Uint8Array | string | undefined;
  #error: string | undefined;
  /** What went wrong while the response was taken over; thrown when the guest is off the stack. */
  #broken: unknown;

  constructor(program: Program, services: Services, imports: readonly ImportModule[]) {
    const { inspected } = program.main;
    const guestCall = exported(inspected, "__guest_call");
    if (!guestCall || !isOfType(guestCall, SIGNATURE) || !exported(inspected, "memory", "memory")) {
      throw new IsopodError("bad_signature", `a waPC plugin must export its memory and __guest_call ${SIGNATURE}`);
    }
    this.#services = services;
    this.#host = new HostCalls(services);
    const live = instantiate(program, services.scope, (linked) => [this.#imports(linked), ...imports.map((provide) => provide(services, linked))]);
    this.memory = live.memory!;
    this.suspension = this.#host.suspension;
    const run = live.exports["__guest_call"] as Function;
    this.#guestCall = (this.suspension?.enter(run) ?? run) as (op: number, payload: number) => unknown;
    initialise(live, services.scope, ["_start", "_initialize", "wapc_init"]);
  }

  call(call: Call): unknown {
    this.#lower(call);
    const { scope } = this.#services;
    scope.inside = true;
    let code: unknown;
    try {
      code = this.#guestCall(this.#name.length, this.#length);
    } catch (cause) {
      this.#trapped(cause);
    }
    scope.check();
    return this.end(call, code);
  }

  begin(call: Call): Promise<unknown> {
    this.#lower(call);
    this.#services.scope.inside = true;
    return (this.#guestCall(this.#name.length, this.#length) as Promise<unknown>).catch((cause: unknown) => this.#trapped(cause));
  }

  end(call: Call, code: unknown): unknown {
    if (this.#error !== undefined || code !== 1) {
      throw new IsopodError("guest_error", this.#error ?? "the plugin refused the operation without a word", { ...(this.#host.failure && { cause: this.#host.failure }) });
    }
    if (this.#broken !== undefined) throw this.#broken;
    const response = this.#response ?? "";
    if (typeof response === "string") return call.as === "json" ? parse(response) : call.as === "text" ? response : liftCopy(call, encode(response));
    return liftCopy(call, response);
  }

  #lower(call: Call): void {
    const data = payload(call.input);
    if (call.op !== this.#op) this.#choose(call.op);
    if (typeof data === "string" && data.length <= SHORT) {
      this.#request = this.#scratch;
      this.#length = encodeInto(data, this.#scratch, 0);
    } else {
      this.#request = typeof data === "string" ? encode(data) : data;
      this.#length = this.#request.length;
    }
    this.#response = this.#error = this.#broken = undefined;
    this.#host.reset();
  }

  /** AssemblyScript's guests say what is wrong and then trap: the message is worth keeping. */
  #trapped(cause: unknown): never {
    if (this.#error === undefined) throw cause;
    throw new IsopodError("trap", `the plugin trapped, having reported: ${this.#error}`, { cause });
  }

  #choose(op: string): void {
    this.#op = op;
    this.#name = encode(op);
  }

  #imports(linked: Linked): Provider {
    const own: Record<string, unknown> = {
      __guest_request: (op: number, at: number) => {
        const { memory } = linked;
        const { u8 } = memory;
        // Both ranges hold before either is written.
        memory.check(op >>> 0, this.#name.length, u8);
        memory.check(at >>> 0, this.#length, u8);
        this.#works(this.#length);
        put(this.#name, this.#name.length, u8, op >>> 0);
        put(this.#request, this.#length, u8, at >>> 0);
      },
      __guest_response: (at: number, length: number) => this.#take(linked.memory, at, length),
      __guest_error: (at: number, length: number) => {
        const text = viewOf(linked.memory, at, length);
        this.#bounded(length);
        this.#error = decodeLossy(text) || undefined;
      },
      __console_log: (at: number, length: number) => {
        const text = viewOf(linked.memory, at, length);
        this.#works(length);
        if (!this.#services.scope.budget?.silent) this.#services.log("info", decodeLossy(text));
      },
      ...this.#host.imports(linked),
    };
    return ({ module, name }) => (module === "wapc" && Object.hasOwn(own, name) ? own[name] : undefined);
  }

  /** So many bytes are gone through for the guest. @throws `limit` */
  #works(length: number): void {
    this.#services.scope.budget?.work(length >>> 0);
  }

  /** @throws `limit`, and the guest cannot catch that for good */
  #bounded(length: number): void {
    const { scope } = this.#services;
    this.#works(length);
    try {
      scope.budget?.output(length >>> 0);
    } catch (cause) {
      throw scope.fail(cause as IsopodError);
    }
  }

  /** The response is the guest's again when this returns, so it is copied, or decoded, here and now. */
  #take(memory: GuestMemory, at: number, length: number): void {
    const { call } = this.#services.scope;
    const { u8 } = memory;
    const start = at >>> 0;
    const end = start + (length >>> 0);
    memory.check(start, length >>> 0, u8);
    this.#bounded(length);
    this.#broken = undefined;
    try {
      this.#response = (call?.as === "text" || call?.as === "json") && !call.into && !call.borrow ? decode(u8, start, end) : u8.slice(start, end);
    } catch (error) {
      this.#broken = error;
    }
  }
}
