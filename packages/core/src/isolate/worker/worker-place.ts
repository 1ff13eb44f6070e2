import type { Program } from "../../abi/abi.ts";
import type { FunctionTable } from "../../capability/functions.ts";
import { logTo } from "../../capability/log.ts";
import { aborted, type Call } from "../../contract/call.ts";
import type { Input, Signal } from "../../contract/operations.ts";
import { failure, isIsopodError, type IsopodError } from "../../errors.ts";
import type { PoolLimits } from "../../pool/pool.ts";
import { liftAny, liftMany, outgoing, packInputs } from "../crossing.ts";
import type { Place, Setup } from "../place.ts";
import type { HostCalls } from "./answering.ts";
import type { Fleet, Rider } from "./fleet.ts";
import type { Lane, Passenger } from "./lane.ts";
import { CALL, MANY, type Changes, type LoadOrder } from "./protocol.ts";
import { WORTH_MOVING } from "./serve.ts";

/** One plugin whose instances live in the host's workers. */
export class WorkerPlace implements Place, Rider, Passenger {
  readonly plugin: number;
  cap: number;
  readonly moves: boolean;
  readonly functions: FunctionTable | undefined;
  readonly log: Passenger["log"];
  readonly #clock: Setup["clock"];
  readonly program: Program;
  readonly #fleet: Fleet;
  readonly #limits: PoolLimits;
  /** What the worker is told of the functions. */
  readonly #told: LoadOrder["functions"];
  readonly #logs: boolean;
  #gone: IsopodError | undefined;
  /** Tells each call that waits for its worker to load the plugin that the plugin is gone. */
  readonly #loading = new Set<() => void>();
  /** The plugin's variables as of the last call that ended, for the next worker. */
  variables = new Map<string, Uint8Array>();

  constructor(plugin: number, program: Program, setup: Setup, fleet: Fleet, calls?: HostCalls) {
    this.plugin = plugin;
    this.program = program;
    this.#fleet = fleet;
    this.#limits = setup.limits;
    this.functions = setup.functions instanceof Map ? (setup.functions as FunctionTable) : undefined;
    if (!calls && this.functions?.size !== 0) throw failure("unsupported", "functions need hostCalls");
    this.#told = this.functions ? (calls?.told(this.functions) ?? []) : (setup.functions as { readonly href: string });
    this.log = logTo(setup.log);
    this.#clock = setup.clock;
    this.#logs = setup.log !== undefined;
    const stateful = program.state === "plugin";
    const { concurrency } = setup.limits;
    this.cap = stateful ? 1 : concurrency;
    this.moves = stateful && concurrency > 1; // who asks for one may want what its guest remembers by itself
  }

  /** Instantiates once, so that what cannot work fails now. */
  async warm(signal: Signal | undefined): Promise<void> {
    const lane = this.#fleet.now(this) ?? (await this.#fleet.later(this, signal));
    const onAbort = (): void => lane.end(aborted(signal!));
    signal?.addEventListener("abort", onAbort);
    try {
      if (signal?.aborted) throw aborted(signal);
      await this.settle(lane);
    } finally {
      lane.free();
      signal?.removeEventListener("abort", onAbort);
    }
  }

  run(call: Call): unknown {
    const input = outgoing(call.input); // before a lane is taken: what cannot be posted must not hold one
    const lane = this.#fleet.now(this);
    if (lane?.residents.has(this.plugin)) return this.#post(lane, call, input);
    return this.#lane(call, lane).then((ready) => this.#post(ready, call, input));
  }

  runSync(): never {
    throw failure("unsupported", "no callSync: use call");
  }

  async runMany(call: Call, inputs: readonly Input[]): Promise<unknown[]> {
    const packed = packInputs(inputs);
    const lane = await this.#lane(call);
    return liftMany(call, await this.#watched(lane, call, [MANY, this.plugin, call.op, packed, this.#context(call), call.as], packed instanceof ArrayBuffer ? [packed] : undefined));
  }

  keep(changes: NonNullable<Changes>): void {
    for (const [name, value] of changes) {
      if (value) this.variables.set(name, value);
      else this.variables.delete(name);
    }
  }

  renew(): void {
    this.#fleet.forget(this);
  }

  /** State is one after the other: no call begins before the last of the previous version has handed back its changes. */
  follow(previous: WorkerPlace): () => void {
    this.variables = previous.variables;
    this.cap = 0;
    return () => {
      this.cap = 1;
      this.#fleet.resume();
    };
  }

  dispose(error: IsopodError): void {
    this.#gone = error;
    for (const giveUp of this.#loading) giveUp();
    this.#fleet.leave(this, error);
  }

  /** A lane that holds an instance. @throws `overloaded`, `aborted`, `disposed`, and what instantiating throws */
  async #lane(call: Call, lane: Lane | undefined = this.#fleet.now(this)): Promise<Lane> {
    if (lane) return this.#ready(call, lane);
    if (this.#fleet.waiting(this) >= this.#limits.queue && !this.#fleet.mayGrow(this)) {
      throw failure("overloaded", "all are busy: try later", { ...this.#limits });
    }
    return this.#ready(call, await this.#fleet.later(this, call.signal));
  }

  /** Loading takes time, in which the caller may give up: it is told at once, and the lane is freed when the load ends. */
  async #ready({ signal }: Call, lane: Lane): Promise<Lane> {
    this.#live(lane);
    const loading = this.settle(lane);
    let giveUp!: () => void;
    const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
    this.#loading.add(giveUp);
    signal?.addEventListener("abort", giveUp);
    if (signal?.aborted) giveUp();
    await Promise.race([givenUp, loading.catch(() => lane.free())]);
    this.#loading.delete(giveUp);
    signal?.removeEventListener("abort", giveUp);
    if (!this.#gone && !signal?.aborted) return loading;
    void loading.then(
      () => {
        if (this.#gone) lane.drop(this.plugin);
        lane.free();
      },
      () => {},
    );
    throw this.#gone ?? aborted(signal!);
  }

  /** @throws what the plugin was disposed with */
  #live(lane: Lane): void {
    if (!this.#gone) return;
    lane.free();
    throw this.#gone;
  }

  /** Sees to it that the lane holds an instance. A lane that could not is as it was before. */
  async settle(lane: Lane): Promise<Lane> {
    if (lane.residents.has(this.plugin)) return lane;
    lane.residents.add(this.plugin);
    try {
      const loading = lane.load(this, {
        plugin: this.plugin,
        program: this.program,
        functions: this.#told,
        variables: [...this.variables],
        mailbox: lane.answering?.mailbox,
        logs: this.#logs,
      });
      this.#clock?.watch(this, lane, loading);
      await loading;
      return lane;
    } catch (error) {
      lane.drop(this.plugin);
      throw isIsopodError(error) ? error : failure("internal", "the worker failed", undefined, error);
    }
  }

  #post(lane: Lane, call: Call, input: unknown): Promise<unknown> {
    const transfer = input instanceof Uint8Array && input.length >= WORTH_MOVING ? [input.buffer as ArrayBuffer] : undefined;
    return this.#watched(lane, call, [CALL, this.plugin, call.op, input, this.#context(call)], transfer).then((value) => liftAny(call, value));
  }

  /** A call that the caller's signal can end. */
  #watched(lane: Lane, call: Call, message: unknown, transfer: ArrayBuffer[] | undefined): Promise<unknown> {
    const { signal } = call;
    this.#live(lane); // since its worker was ready there were a few turns, in which that may have been told to let go
    const done = lane.run(this.plugin, call, message, transfer);
    this.#clock?.watch(this, lane, done, call);
    if (!signal) return done;
    const onAbort = (): void => lane.giveUp(call, aborted(signal));
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    return done.finally(() => signal.removeEventListener("abort", onAbort));
  }

  /** Functions of this thread get the context here; only those that live in the worker need it sent. */
  #context(call: Call): unknown {
    return this.functions ? undefined : call.context;
  }
}
