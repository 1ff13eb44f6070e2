import { Variables } from "./abi/variables.ts";
import { aborted, type Call } from "./contract/call.ts";
import type { Input, Plugin, PluginInfo, Signal } from "./contract/operations.ts";
import { failure, type IsopodError } from "./errors.ts";
import type { Kept, Place } from "./isolate/place.ts";
import { checkSwap, type LoadOptions, type SwapOptions } from "./options.ts";
import { Pool, type Lent, type Waiting } from "./pool/pool.ts";
import type { Source } from "./source/read.ts";

type Load = (source: Source, options: LoadOptions) => Promise<Plugin>;

/** Where the calls of one plugin go, whichever version answers them. */
export interface Swaps extends Place {
  /** Gives the plugin its `swap`, and an `info` that changes. */
  give(plugin: Plugin): void;
}

/** @param options those of the first version */
export type Swapping = (place: Place, info: PluginInfo, options: LoadOptions, load: Load) => Swaps;

/** Left behind by a version that has gone elsewhere. */
const NOWHERE: Place = { run: () => {}, runSync: () => {}, runMany: () => [], dispose: () => {} };

/** Where a plugin has its swaps. */
const SWAPS: unique symbol = Symbol("swaps") as never;

/** Most swaps of one plugin that wait for their turn. */
const MOST_WAITING = 1024;

/**
 * Lets plugins be swapped; a bundle that does not name it holds nothing of it.
 *
 * @param waiting how swaps of one plugin wait for their turn
 */
export function hotSwap(waiting: () => Waiting<Lent>): Swapping {
  return (place, info, options, load) => new HotSwaps(place, info, lasting(options), load, waiting());
}

/** The options that the next version has too, unless others are named. */
function lasting({ integrity: _1, modules: _2, debug, ...options }: LoadOptions): LoadOptions {
  // A source map is one source's; a host that has never heard of `debug` takes it for a mistake.
  return debug === undefined ? options : { ...options, debug: debug !== false };
}

class HotSwaps implements Swaps {
  #current: Place;
  #info: PluginInfo;
  /** Calls of the current version that gave a promise, which has not settled. */
  #calls: Calls = new Calls();
  /** Earlier versions that have calls left. */
  readonly #leaving = new Set<Place>();
  readonly #options: LoadOptions;
  readonly #load: Load;
  readonly #waiting: Waiting<Lent>;
  /** Lends the turn: swaps load side by side, and are tried and exchanged one after the other. */
  readonly #turns: Pool<Lent>;
  readonly #attempts = new Set<Attempt>();
  #gone: IsopodError | undefined;

  constructor(place: Place, info: PluginInfo, options: LoadOptions, load: Load, waiting: Waiting<Lent>) {
    this.#current = place;
    this.#info = info;
    this.#options = options;
    this.#load = load;
    this.#waiting = waiting;
    this.#turns = new Pool(() => ({ lent: false }), { concurrency: 1, queue: MOST_WAITING }, waiting);
  }

  give(plugin: Plugin): void {
    Object.defineProperties(plugin, { info: { get: () => this.#info, enumerable: true }, [SWAPS]: { value: this } });
    plugin.swap = (source, options) => this.#swap(source, options);
  }

  /** What is answered at once is over before any swap can come between, so only promises are counted. */
  run(call: Call): unknown {
    const result = this.#current.run(call);
    return result instanceof Promise ? this.#calls.count(result, this.#waiting) : result;
  }

  runSync(call: Call): unknown {
    return this.#current.runSync(call);
  }

  runMany(call: Call, inputs: readonly Input[]): unknown[] | Promise<unknown[]> {
    const results = this.#current.runMany(call, inputs);
    return results instanceof Promise ? this.#calls.count(results, this.#waiting) : results;
  }

  async #swap(source: Source, options: SwapOptions = {}): Promise<void> {
    if (this.#gone) throw this.#gone;
    checkSwap(options);
    const { health, signal, ...named } = options;
    const attempt = new Attempt(signal);
    this.#attempts.add(attempt);
    const loading = this.#load(source, { ...this.#options, ...named, signal: attempt.signal });
    loading.catch(() => {}); // awaited in turn
    try {
      await this.#inTurn(attempt, async () => {
        const next = await attempt.or(loading);
        const { isolation } = next.info;
        if (isolation !== this.#info.isolation) throw failure("unsupported", `the new version would run in isolation "${isolation}": swap bytes for bytes, and a Module for a Module`);
        const swaps = (next as unknown as { readonly [SWAPS]: HotSwaps })[SWAPS];
        if (health) {
          this.#lend(swaps.#current);
          const well = await attempt.or(Promise.resolve(health(next)));
          if (well === false) throw failure("aborted", "health answered false: the version before goes on");
        }
        const ended = attempt.error ?? swaps.#gone; // since it was last waited for, there were a few turns
        if (ended) throw ended;
        this.#exchange(swaps);
        await next.dispose(); // an empty shell by now
      });
    } catch (error) {
      loading.then((next) => next.dispose(), () => {});
      throw this.#gone ?? error;
    } finally {
      attempt.close();
      this.#attempts.delete(attempt);
    }
  }

  async #inTurn(attempt: Attempt, run: () => Promise<void>): Promise<void> {
    const turn = this.#turns.take() ?? (await this.#turns.lease(attempt.signal));
    const stop = this.#waiting.watch?.(() => this.#turns.retire(turn));
    try {
      await run();
    } finally {
      stop?.();
      this.#turns.release(turn);
    }
  }

  /** What is tried has a copy of what is kept. */
  #lend(place: Place): void {
    const kept = this.#kept?.entries();
    if (!kept) return;
    for (const [name, value] of kept) place.variables?.set(name, value);
    place.renew?.();
  }

  get #kept(): Kept | undefined {
    return this.#info.state === "plugin" ? this.#current.variables : undefined;
  }

  /** Takes over the place of a plugin that nobody else has. */
  #exchange(next: HotSwaps): void {
    const [place, info] = [next.#current, next.#info];
    next.#current = NOWHERE;
    const [previous, calls] = [this.#current, this.#calls];
    const followed = this.#kept && info.state === "plugin" ? follow(place, previous) : undefined;
    this.#current = place;
    this.#info = info;
    this.#calls = new Calls();
    this.#leaving.add(previous);
    const over = followed && this.#calls.hold(); // who waits for the last call of this version is waited for by the next
    calls.end(() => {
      if (this.#leaving.delete(previous)) previous.dispose(failure("disposed", "a new version took its place"));
      followed?.();
      over?.();
    });
  }

  dispose(error: IsopodError): void {
    this.#gone = error;
    this.#turns.dispose(error);
    for (const attempt of this.#attempts) attempt.end(error);
    this.#current.dispose(error);
    for (const place of this.#leaving) place.dispose(error);
    this.#leaving.clear();
  }
}

function follow(place: Place, previous: Place): (() => void) | undefined {
  place.renew?.();
  const next = place.behind ?? place;
  if (next.follow) return next.follow(previous.behind ?? previous);
  if (place.variables instanceof Variables && previous.variables instanceof Variables) place.variables.share(previous.variables);
  return undefined;
}

/** Knows when the last of some calls has ended. */
class Calls {
  #open = 0;
  #onEnd: (() => void) | undefined;

  /** A caller that vanished, where one can, never hears of its call: nobody is to wait for that. */
  count<T>(result: Promise<T>, waiting: Waiting<Lent>): Promise<T> {
    const ended = this.hold();
    const stop = waiting.watch?.(ended);
    const settled = (): void => {
      stop?.();
      ended();
    };
    result.then(settled, settled);
    return result;
  }

  /** One more, until what this gives is called. */
  hold(): () => void {
    let open = true;
    this.#open++;
    return () => {
      if (open && --this.#open === 0) this.#onEnd?.();
      open = false;
    };
  }

  /** No more will come. */
  end(onEnd: () => void): void {
    this.#onEnd = onEnd;
    if (this.#open === 0) onEnd();
  }
}

/** One swap on its way, and the end that its signal, or `dispose`, may put to it. */
class Attempt {
  readonly #given: Signal | undefined;
  readonly #controller = new AbortController();
  readonly #ended: Promise<never>;
  readonly #onAbort = (): void => this.end(aborted(this.#given!));
  #reject!: (error: IsopodError) => void;
  /** What it was ended with, if it was. */
  error: IsopodError | undefined;

  constructor(given: Signal | undefined) {
    this.#given = given;
    this.#ended = new Promise((_resolve, reject) => (this.#reject = reject));
    this.#ended.catch(() => {}); // raced against where it matters
    given?.addEventListener("abort", this.#onAbort);
    if (given?.aborted) this.#onAbort();
  }

  get signal(): Signal {
    return this.#controller.signal;
  }

  end(error: IsopodError): void {
    this.error = error;
    this.#reject(error);
    this.#controller.abort(error.code === "aborted" ? error.cause : error);
  }

  or<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }

  close(): void {
    this.#given?.removeEventListener("abort", this.#onAbort);
  }
}
