import { IsopodError, type Input, type LogSink } from "@isopod/core";
import { entries, liftAny, liftMany, logTo, outgoing, packInputs, revive, Variables, type Call, type FunctionTable, type Place, type Program, type Setup } from "@isopod/core/spi";
import { asking } from "./asking.ts";
import type { WorkerLoader } from "./binding.ts";
import { codeOf } from "./code.ts";
import { Crossing } from "./crossing.ts";
import { blame } from "./failures.ts";
import type { Answer, Loaded, Way } from "./loaded/protocol.ts";

/** One plugin whose instances live in a loaded worker, which takes the calls of all requests. */
export class LoadedPlace implements Place {
  readonly #connect: () => Loaded;
  readonly #functions: FunctionTable;
  readonly #log: ReturnType<typeof logTo>;
  /** The plugin's variables as of the last answer, for the worker that comes after an evicted one. */
  variables: Variables;
  /** Of the worker, which is there from when a request is served: before, there is nothing random. */
  #id: string | undefined;
  /** A call of this version changed variables that the next one has loaded already. */
  #changedLate: (() => void) | undefined;
  #calls = 0;
  readonly #pending = new Set<Crossing>();
  readonly #mostPending: number;
  #gone: IsopodError | undefined;

  constructor(binding: WorkerLoader, program: Program, functions: FunctionTable, limits: Setup["limits"], log: LogSink | undefined) {
    this.variables = new Variables();
    const told = entries(functions).map(({ run: _run, ...entry }) => entry);
    const code = () => codeOf(program, { functions: told, limits, variables: this.variables.entries(), logs: log !== undefined });
    // A stub belongs to the request that made it, so every call makes its own.
    this.#connect = () => binding.get((this.#id ??= `isopod-${crypto.randomUUID()}`), code).getEntrypoint() as Loaded;
    this.#functions = functions;
    this.#log = logTo(log);
    this.#mostPending = limits.concurrency + limits.queue;
  }

  /** Instantiates once, so that what cannot work fails now. */
  async warm(): Promise<void> {
    await this.#cross(undefined, (loaded) => loaded.load());
  }

  async run(call: Call): Promise<unknown> {
    const input = outgoing(call.input);
    return liftAny(call, await this.#cross(call, (loaded, way) => loaded.call(call.op, input, way)));
  }

  runSync(): never {
    throw new IsopodError("unsupported", "a loaded worker cannot be called synchronously: use call(), or import the plugin statically");
  }

  async runMany(call: Call, inputs: readonly Input[]): Promise<unknown[]> {
    const packed = packInputs(inputs);
    const value = await this.#cross(call, (loaded, way) => loaded.callMany(call.op, packed, call.as, way));
    return liftMany(call, value);
  }

  dispose(error: IsopodError): void {
    this.#gone = error;
    for (const crossing of this.#pending) crossing.end(error);
    this.#pending.clear();
    this.#tell((loaded) => loaded.drop());
  }

  /** To a worker that is there: none is loaded to be told. */
  #tell(say: (loaded: Loaded) => Promise<void>): void {
    if (this.#id === undefined) return;
    try {
      void say(this.#connect()).catch(() => {});
    } catch {
      // Outside a request nothing can be said to the worker; the runtime evicts it, as it is never asked again.
    }
  }

  /** Sends at once, so that the caller may change its buffers as soon as this has returned. */
  async #cross(call: Call | undefined, send: (loaded: Loaded, way: Way) => Promise<Answer>): Promise<unknown> {
    if (this.#gone) throw this.#gone;
    const crossing = this.#open(call);
    const number = ++this.#calls;
    try {
      const ask = call && this.#functions.size > 0 ? asking(this.#functions, call, crossing, (lines) => this.#deliver(lines)) : undefined;
      return this.#opened(await crossing.or(send(this.#connect(), { call: number, ask })));
    } catch (cause) {
      if (call?.signal?.aborted) this.#tell((loaded) => loaded.giveUp(number));
      throw blame(cause);
    } finally {
      crossing.close();
      this.#pending.delete(crossing);
    }
  }

  renew(): void {
    this.#id = undefined;
  }

  /** A late change of a previous version makes the worker that has loaded its variables already an old one. */
  follow(previous: LoadedPlace): undefined {
    this.variables = previous.variables;
    previous.#changedLate = () => {
      this.renew();
      this.#changedLate?.();
    };
  }

  #open(call: Call | undefined): Crossing {
    const crossing = new Crossing(call?.signal);
    this.#pending.add(crossing);
    // A request that was cancelled leaves its calls behind. More than can be under way are not, and the oldest is the likeliest.
    if (this.#pending.size > this.#mostPending) this.#pending.delete(this.#pending.values().next().value!);
    return crossing;
  }

  #opened({ value, error, lines, changes }: Answer): unknown {
    this.#deliver(lines);
    for (const [name, bytes] of changes ?? []) this.variables.set(name, bytes);
    if (changes) this.#changedLate?.();
    if (error) throw revive(error);
    return value;
  }

  #deliver(lines: Answer["lines"]): void {
    for (const { level, message } of lines) this.#log(level, message);
  }
}
