import { isIsopodError } from "../../errors.ts";
import type { Host } from "../../host.ts";
import type { Plugin } from "../../contract/operations.ts";
import type { Functions } from "../../capability/functions.ts";
import { sleep } from "../assert.ts";
import { limited } from "../attacks/limited.ts";
import { generator } from "../attacks/random.ts";
import { chaosGuest } from "./guest.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly iterations: number;
  readonly host: () => Host;
  /** Host functions of the application can be waited for here. */
  readonly waits: boolean;
  /** Ends a worker at random, as a crash would; absent where there are none. */
  readonly kill?: ((pick: (below: number) => number) => void) | undefined;
  /** Bytes in use, after what can be collected was. */
  readonly memory?: (() => Promise<number>) | undefined;
}

export interface ChaosReport {
  readonly iterations: number;
  readonly unsettled: number;
  /** What should never have been seen, each with its iteration. */
  readonly findings: readonly string[];
  /** Bytes in use after each tenth of the iterations, where they can be known. */
  readonly memory: readonly number[];
  /** How often each thing was done. */
  readonly done: Readonly<Record<string, number>>;
}

/** Most calls under way at a time. */
const MOST = 24;
/** A promise that has not settled so long after everything is over never will. */
const PATIENCE_MS = 30_000;
/** Whatever is done to a plugin, its calls may end in these. */
const SHARED = ["disposed", "worker_lost", "overloaded"];

/**
 * Calls, aborts, disposals, traps, endless loops, lost workers, swaps and loads, all at once and in the order that the
 * seed says. Every promise that was given out must settle, each in one of the ways that what was done allows.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  return new Chaos(options).run();
}

class Chaos {
  readonly #options: ChaosOptions;
  readonly #random: (below: number) => number;
  readonly #pending = new Set<Promise<void>>();
  readonly #findings: string[] = [];
  readonly #memory: number[] = [];
  readonly #done: Record<string, number> = {};
  readonly #guest: Uint8Array = chaosGuest();
  #host: Host;
  #plugins: Plugin[] = [];
  #iteration = 0;

  constructor(options: ChaosOptions) {
    this.#options = options;
    this.#random = generator(options.seed);
    this.#host = options.host();
  }

  async run(): Promise<ChaosReport> {
    const { iterations, memory } = this.#options;
    for (; this.#iteration < iterations; this.#iteration++) {
      if (this.#plugins.length === 0) await this.#load();
      await this.#once();
      if (this.#pending.size >= MOST) await Promise.race(this.#pending);
      if (this.#iteration % 16 === 0) await sleep(0);
      if (this.#iteration % 2000 === 1999) await this.#another();
      if (memory && (this.#iteration + 1) % Math.max(1, Math.floor(iterations / 10)) === 0) this.#memory.push(await memory());
    }
    this.#watch("host.dispose", this.#host.dispose(), []);
    const late = sleep(PATIENCE_MS);
    let over = false;
    void late.then(() => (over = true));
    while (this.#pending.size > 0 && !over) await Promise.race([...this.#pending, late]);
    return { iterations: this.#iteration, unsettled: this.#pending.size, findings: this.#findings, memory: this.#memory, done: this.#done };
  }

  /** Everything so far must settle when its host goes. */
  async #another(): Promise<void> {
    this.#watch("host.dispose", this.#host.dispose(), []);
    this.#plugins = [];
    this.#host = this.#options.host();
    await this.#load();
  }

  async #load(): Promise<void> {
    const functions: Functions = this.#options.waits
      ? { env: { ask: async (bytes: Uint8Array) => { await sleep(this.#random(16) === 0 ? 60_000 : this.#random(3)); return bytes; } } }
      : { env: { ask: (bytes: Uint8Array) => bytes } };
    const limits = limited({ fuel: 3_000_000, time: 1500, concurrency: 1 + this.#random(3), queue: 64, memory: 2 ** 22 }, { functions });
    const loading = this.#host.load(this.#guest, limits);
    this.#watch("load", loading.then((plugin) => void this.#plugins.push(plugin)), ["worker_lost", "disposed"]);
    await loading.catch(() => {});
  }

  async #once(): Promise<void> {
    const plugin = this.#plugins[this.#random(this.#plugins.length)];
    if (!plugin) return;
    const text = `x${this.#iteration}`;
    const echoed = (answer: unknown): void => {
      if (answer !== text) throw new Error(`expected ${text}, got ${String(answer)}`);
    };
    const kind = this.#random(100);
    if (kind < 40) this.#watch("call", plugin.call("run", text, { as: "text" }).then(echoed), SHARED);
    else if (kind < 52) this.#watch("callMany", plugin.callMany("run", [text, text], { as: "text" }).then((all) => all.forEach(echoed)), SHARED);
    else if (kind < 60) this.#watch("trap", plugin.call("trap").then(() => { throw new Error("it did not trap"); }), [...SHARED, "trap"]);
    else if (kind < 66) this.#watch("endless", plugin.call("spin").then(() => { throw new Error("it came to an end"); }), [...SHARED, "limit"]);
    else if (kind < 78) this.#aborted(plugin, ["run", "spin", "ask", "calm", "cling"][this.#random(5)]!, text);
    else if (kind < 84) this.#asks(plugin, text);
    else if (kind < 88 && this.#plugins.length > 1) this.#dispose(plugin);
    else if (kind < 91) await this.#bad();
    else if (kind < 94 && this.#plugins.length < 4) await this.#load();
    else if (kind < 97) this.#swap(plugin);
    else if (this.#options.kill) {
      this.#note("kill");
      this.#options.kill(this.#random);
    }
  }

  #aborted(plugin: Plugin, op: string, text: string): void {
    const giveUp = new AbortController();
    const options = { signal: giveUp.signal };
    this.#watch(`abort ${op}`, plugin.call(op, text, options), [...SHARED, "aborted", "limit"]);
    if (this.#random(3) === 0) giveUp.abort();
    else setTimeout(() => giveUp.abort(), this.#random(12));
  }

  /** The application answers at once, soon, or never: then the caller, or the clock, gives up. */
  #asks(plugin: Plugin, text: string): void {
    this.#watch("ask", plugin.call("ask", text, { as: "text" }).then((answer) => { if (answer !== text) throw new Error(`asked ${text}, got ${String(answer)}`); }), [...SHARED, "limit"]);
  }

  #dispose(plugin: Plugin): void {
    this.#plugins.splice(this.#plugins.indexOf(plugin), 1);
    this.#watch("dispose", plugin.dispose(), []);
  }

  /** Bytes that are no plugin, and a load that is given up. */
  async #bad(): Promise<void> {
    const giveUp = new AbortController();
    const cut = this.#host.load(this.#guest.subarray(0, 8 + this.#random(this.#guest.length - 8)));
    this.#watch("bad load", cut.then(() => {}), ["bad_module", "abi_unknown", "missing_import", "bad_signature", "disposed", "worker_lost"]);
    const given = this.#host.load(this.#guest, { signal: giveUp.signal, functions: { env: { ask: (bytes: Uint8Array) => bytes } } });
    this.#watch("aborted load", given.then((plugin) => plugin.dispose()), ["aborted", "disposed", "worker_lost"]);
    giveUp.abort();
    await cut.catch(() => {});
  }

  #swap(plugin: Plugin): void {
    const { swap } = plugin as unknown as { swap?: (source: Uint8Array) => Promise<unknown> };
    if (swap) this.#watch("swap", swap.call(plugin, this.#guest).then(() => {}), [...SHARED, "limit"]);
  }

  #note(what: string): void {
    this.#done[what] = (this.#done[what] ?? 0) + 1;
  }

  /** Counts until it settles; what it may reject with is listed. */
  #watch(what: string, promise: Promise<unknown>, allowed: readonly string[]): void {
    this.#note(what);
    const { seed } = this.#options;
    const iteration = this.#iteration;
    const watched: Promise<void> = promise.then(
      () => {},
      (error: unknown) => {
        if (isIsopodError(error) && allowed.includes(error.code)) return;
        const words = isIsopodError(error) ? `${error.code}: ${error.message}` : String(error);
        this.#findings.push(`seed ${seed}, iteration ${iteration}, ${what}: ${words}`);
      },
    ).then(() => void this.#pending.delete(watched));
    this.#pending.add(watched);
  }
}
