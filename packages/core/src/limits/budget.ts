import type { Level } from "../capability/log.ts";
import type { Scope } from "../capability/scope.ts";
import type { IsopodError } from "../errors.ts";
import { encode } from "../memory/text.ts";
import type { WasmMemory, WasmModule } from "../wasm/engine.ts";
import { PAGE } from "../wasm/harden/policy.ts";
import { FUEL, RESERVED, START } from "../wasm/harden/reserved.ts";
import type { Inspected } from "../wasm/types.ts";
import { over, type Bounds } from "./bounds.ts";
import { cut } from "./measure.ts";

/** A module's counter holds no more. */
const MOST = 2 ** 30;
/** More than a call can have used since a module last looked at its counter, on its way back through many functions, too: see `price`. */
const UNSEEN = 2 ** 31;
/** After so many bytes the clock is looked at. */
const OFTEN = 262_144;
/** The clock is looked at in every so many host calls: a look costs as much as a quick one. */
const SOMETIMES = 8;
/**
 * Where time counts, this much is handed out at once: about a millisecond. What that is turns out as it runs, but it is never
 * more, though there is much that takes no time: what comes next may take very long.
 */
const MILLISECOND = 1e6;
const LEAST = 1e4;
/** Most lines of log that a call may pass on where `output` is limited: an empty one costs the host as well. */
const MOST_LINES = 100_000;

/**
 * The counter of one module: sets what it may use, and gives what was left. A function, because engines call one from JavaScript
 * in a nanosecond or two, and set a global in twenty.
 */
type Gauge = (fuel: number) => number;

/** What one call has used so far, and what the memory of its instance has come to. */
export interface Use {
  /** NaN where fuel is unlimited, and so not counted. */
  readonly fuel: number;
  /** Bytes of all its memories. */
  readonly memory: number;
  readonly hostCalls: number;
}

type Module = { readonly module: WasmModule; readonly inspected: Pick<Inspected, "imports" | "memories"> };

/**
 * What one instance may still use: all its modules draw on it. A call begins with all of it. Of fuel each module holds
 * a lease in a global of its own, and asks for more when that is used up; what others still hold is called back before
 * anyone is stopped, so that how much is handed out at once never changes what a call may use.
 */
export class Budget {
  readonly #scope: Scope;
  readonly #bounds: Bounds;
  readonly #watch: ((use: Use) => void) | undefined;
  readonly #gauges: Gauge[] = [];
  #quantum: number;
  /** Fuel that no module holds. */
  #pot: number;
  /** Of the module that a call enters, the last one that was instantiated, if it counts what it does. */
  main: Gauge | undefined;
  /** Other modules than the main one hold fuel. */
  #spread = false;
  #memory = 0;
  /** What the memory would have come to, had it been allowed to grow. */
  #denied = 0;
  #hostCalls = 0;
  #logged = 0;
  #lines = 0;
  /** When the clock was first looked at in this call. */
  #since = 0;
  #looked = 0;
  /** Bytes that the host has gone through since. */
  #unseen = 0;
  /** All modules count what they do, so that none goes on for long. */
  #bounded = true;
  /** Resumes the guest, which is suspended, by throwing this in it. */
  waiting: ((error: IsopodError) => void) | undefined;

  /** @param watch is told wherever it is looked at what was used: about every millisecond, before memory grows and the host is called, and at the end */
  constructor(scope: Scope, bounds: Bounds, watch?: (use: Use) => void) {
    this.#scope = scope;
    this.#watch = watch;
    this.#bounds = bounds;
    this.#pot = bounds.fuel;
    this.#quantum = Math.min(bounds.fuel, bounds.time === Infinity ? MOST : MILLISECOND);
  }

  /** A call begins. */
  begin(): void {
    this.#hostCalls = this.#logged = this.#lines = this.#since = this.#denied = 0;
    if (!this.main) return;
    if (this.#spread) this.#recall();
    this.#spread = false;
    this.#pot = this.#bounds.fuel - this.#quantum;
    this.main(this.#quantum);
  }

  /** The guest is done: did it use too much where nobody looked any more? @throws `limit` */
  end(): void {
    this.#look();
    if (this.#pot <= UNSEEN && this.main) this.#settle();
  }

  #settle(): void {
    const { fuel } = this.#bounds;
    const used = this.#used;
    if (used > fuel) throw over("fuel", used, fuel);
  }

  /**
   * The call was given up. Where the instance will not be used again: whatever its guest asks for is refused, and it traps
   * when it next looks at its counter. One that is suspended is resumed to that end, because engines keep a stack that
   * never resumes, and the memory with it, for good. One that counts nothing might go on for ever: it is left as it is.
   */
  retire(error: IsopodError): void {
    if (!this.#scope.retired) return;
    this.#scope.fail(error);
    this.#recall();
    this.#pot = -Infinity;
    this.#memory = this.#hostCalls = this.#logged = NaN; // which is within no bound, not even an infinite one
    if (this.#bounded) this.waiting?.(error);
  }

  /** Instantiates a module of the plugin, and runs its start function. @throws `limit`, what the engine throws */
  instance({ module, inspected }: Module, imports: Record<string, unknown>): { readonly exports: Record<string, unknown> } {
    let own: Gauge | undefined; // which a tick needs, and which is there once the module is
    imports[RESERVED] = { tick: (kind: number, amount: number) => this.#tick(own, kind, amount) };
    const instance = new WebAssembly.Instance(module, imports);
    const { exports } = instance;
    this.#adopt(inspected, exports);
    own = exports[FUEL] as Gauge | undefined;
    this.main = own;
    if (own === undefined) {
      this.#bounded = false;
      return instance;
    }
    this.#spread = this.#gauges.push(own) > 1; // those before may have used a lease to start
    const start = exports[START] as (() => void) | undefined;
    if (start) this.#start(start);
    return instance;
  }

  #start(start: () => void): void {
    this.begin();
    try {
      start();
      this.end();
    } catch (cause) {
      throw this.blame(cause);
    }
  }

  /** Memory that is there from the start. */
  #adopt({ imports, memories }: Module["inspected"], exports: Record<string, unknown>): void {
    const own = memories.slice(imports.filter(({ kind }) => kind === "memory").length);
    // Of a bare Module only what it exports is seen.
    const sizes = memories.length > 0 ? own.map(({ minimum }) => minimum * PAGE) : [(exports["memory"] as WasmMemory | undefined)?.buffer?.byteLength ?? 0];
    this.#memory += sizes.reduce((sum, size) => sum + size, 0);
    if (this.#memory > this.#bounds.memory) throw over("memory", this.#memory, this.#bounds.memory);
  }

  /** What hardened modules call: see `harden`. */
  #tick(own: Gauge | undefined, kind: number, amount: number): number {
    if (kind === 0) return this.#refuel(own, amount);
    const bytes = (amount >>> 0) * PAGE;
    if (kind === 2) {
      this.#memory -= bytes;
      return 0;
    }
    const memory = this.#memory + bytes;
    if (!(memory <= this.#bounds.memory)) {
      this.#denied = memory;
      return 0;
    }
    this.#memory = memory;
    this.#denied = 0; // it asked for less then, and went on
    this.#look();
    return 1;
  }

  /** The lease was used up, and `left`, which is negative, is owed. */
  #refuel(own: Gauge | undefined, left: number): number {
    const { fuel } = this.#bounds;
    this.#pot += left;
    own?.(0); // which the guest sets to what it is given
    this.#look();
    if (this.#pot < 0) this.#recall();
    if (this.#pot < 0) return this.#stop("fuel", fuel - this.#pot, fuel);
    if (this.#bounds.time !== Infinity && this.#late()) return this.#stop("time", Math.ceil(performance.now() - this.#since), this.#bounds.time);
    const lease = Math.min(this.#pot, this.#quantum);
    this.#pot -= lease;
    if (own !== this.main) this.#spread = true;
    return lease;
  }

  /** Fuel, of this call, all leases called back. */
  get #used(): number {
    this.#recall();
    return this.#bounds.fuel - this.#pot;
  }

  #look(): void {
    if (this.#watch) this.#tell();
  }

  #tell(): void {
    this.#watch!({ fuel: this.#used, memory: this.#memory, hostCalls: this.#hostCalls });
  }

  /** Takes back what all modules hold. */
  #recall(): void {
    for (const gauge of this.#gauges) this.#pot += gauge(0);
  }

  /** Looks at the clock, and hands out more or less from now on, so that it is looked at about every millisecond. */
  #late(): boolean {
    const now = performance.now();
    if (this.#since === 0) {
      this.#since = this.#looked = now;
      return false;
    }
    const passed = now - this.#looked;
    this.#looked = now;
    if (passed > 2) this.#quantum = Math.max(this.#quantum / 2, LEAST);
    else if (passed < 0.5 && passed > 0) this.#quantum = Math.min(this.#quantum * 2, MILLISECOND, this.#bounds.fuel);
    return now - this.#since > this.#bounds.time;
  }

  /** The guest traps after this, and no handler of its own sees that. */
  #stop(limit: "fuel" | "time", used: number, cap: number): -1 {
    this.#scope.fail(over(limit, used, cap));
    return -1;
  }

  /** What the guest threw, unless it was held to a limit: a trap for want of memory is one. */
  blame(cause: unknown): unknown {
    const scope = this.#scope;
    if (this.short && scope.thrown === undefined) scope.fail(over("memory", this.#denied, this.#bounds.memory, cause));
    return scope.thrown ?? cause;
  }

  /** Whether memory was asked for that was not allowed. */
  get short(): boolean {
    return this.#denied !== 0;
  }

  /** One call of a host function is about to be made. @throws `limit` */
  hostCall(): void {
    const { hostCalls, time } = this.#bounds;
    if (!(++this.#hostCalls <= hostCalls)) throw over("hostCalls", this.#hostCalls, hostCalls);
    this.#look();
    if (time !== Infinity && this.#hostCalls % SOMETIMES === 1) this.#inTime();
  }

  /**
   * The host is about to go through so many bytes for the guest: a unit of fuel each, and the clock is looked at, so
   * that no guest works for nothing by having its host do it.
   * @throws `limit`
   */
  work(bytes: number): void {
    const { fuel, time } = this.#bounds;
    this.#pot -= bytes;
    if (this.#pot < 0) this.#recall();
    if (this.#pot < 0) throw this.#scope.fail(over("fuel", fuel - this.#pot, fuel));
    if (time === Infinity || (this.#unseen += bytes) < OFTEN) return;
    this.#unseen = 0;
    this.#inTime();
  }

  /** Looks at the clock where the host works for the guest, which says nothing of how fast the guest uses its fuel. @throws `limit` */
  #inTime(): void {
    const now = performance.now();
    if (this.#since === 0) this.#since = this.#looked = now;
    const used = now - this.#since;
    if (used > this.#bounds.time) throw this.#scope.fail(over("time", Math.ceil(used), this.#bounds.time));
  }

  /** So many bytes are about to be taken out of the guest. @throws `limit` */
  output(length: number): void {
    if (length > this.#bounds.output) throw over("output", length, this.#bounds.output);
  }

  /** Nothing more of this call's log will be passed on. */
  get silent(): boolean {
    return !(this.#logged <= this.#bounds.output);
  }

  /** A sink that passes on as much of each call as `output` allows, then says once that there was more. */
  logger(log: (level: Level, message: string) => void): (level: Level, message: string) => void {
    const { output } = this.#bounds;
    return (level, message) => {
      const room = output - this.#logged;
      if (!(room >= 0)) return; // it was said already
      const size = encode(message).length;
      this.#logged += ++this.#lines > MOST_LINES ? Infinity : size;
      log(level, this.silent ? `${cut(message, room)}… (limits.output is ${output} bytes: the rest of this call's log is cut)` : message);
    };
  }
}
