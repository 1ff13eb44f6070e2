import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { IsopodError } from "../../errors.ts";
import { bytes, call, FakeWorker, GONE, soon, Stage } from "./fleet.fixture.ts";
import { CALL, DONE, PROTOCOL } from "./protocol.ts";
import type { WorkerPlace } from "./worker-place.ts";

interface Caller {
  readonly place: WorkerPlace;
  readonly signal: AbortController;
  /** What it was told: `ok`, or the code of an error. */
  got: string | undefined;
}

interface Plugin {
  readonly concurrency: number;
  readonly queue: number;
  readonly state: "none" | "plugin";
}

/** A fleet whose workers start, load, answer and die when they are told to. */
class World {
  /** Each starts a worker, or fails to; or ends a load, well or not. */
  readonly starts: ((well: boolean) => void)[] = [];
  readonly loads: ((well: boolean) => void)[] = [];
  readonly callers: Caller[] = [];
  readonly gone = new Set<WorkerPlace>();
  readonly #answered = new Map<FakeWorker, number>();
  readonly #stage: Stage;
  readonly #places: readonly WorkerPlace[];

  constructor(size: number, plugins: readonly Plugin[]) {
    const load = (): Promise<void> => new Promise((resolve, reject) => this.loads.push((well) => (well ? resolve() : reject(new IsopodError("trap", "as it starts")))));
    const start = (): Promise<FakeWorker> => new Promise((resolve, reject) => this.starts.push((well) => (well ? resolve(new FakeWorker(PROTOCOL, load)) : reject(new Error("no worker")))));
    this.#stage = new Stage({ size, start });
    this.#places = plugins.map((plugin) => this.#stage.plugin(plugin));
  }

  call(pick: number): void {
    const place = this.#places[pick % this.#places.length]!;
    if (this.gone.has(place)) return; // the plugin itself refuses it
    const caller: Caller = { place, signal: new AbortController(), got: undefined };
    this.callers.push(caller);
    call(place, "x", { signal: caller.signal.signal }).then(() => (caller.got = "ok"), (error: IsopodError) => (caller.got = error.code));
  }

  /** Workers that run a call, and which it is. */
  get running(): { worker: FakeWorker; plugin: unknown }[] {
    return this.#stage.workers.flatMap((worker) => {
      const message = worker.posted.filter(([kind]) => kind === CALL)[this.#answered.get(worker) ?? 0];
      return message && worker.terminated === 0 ? [{ worker, plugin: message[1] }] : [];
    });
  }

  answer(pick: number): void {
    const all = this.running;
    const { worker } = all[pick % all.length] ?? {};
    if (!worker) return;
    this.#answered.set(worker, (this.#answered.get(worker) ?? 0) + 1);
    worker.say(DONE, bytes("x"), undefined);
  }

  die(pick: number): void {
    const alive = this.#stage.workers.filter(({ terminated }) => terminated === 0);
    alive[pick % alive.length]?.die("x");
  }

  abort(pick: number): void {
    const waiting = this.callers.filter(({ got }) => got === undefined);
    waiting[pick % waiting.length]?.signal.abort();
  }

  dispose(pick: number): void {
    const place = this.#places[pick % this.#places.length]!;
    this.gone.add(place);
    place.dispose(GONE);
  }

  async check(): Promise<void> {
    await soon();
    await soon();
    for (const { place, signal, got } of this.callers) if (signal.signal.aborted || this.gone.has(place)) expect(got).toBeDefined();
    const { fleet } = this.#stage;
    for (const place of this.#places) {
      expect(this.running.filter(({ plugin }) => plugin === place.plugin).length).toBeLessThanOrEqual(place.cap);
      if (fleet.waiting(place) <= 0) continue;
      // Who waits has no free worker, nor could there be one more.
      expect(fleet.now(place)).toBeUndefined();
      if (this.starts.length === 0) expect(fleet.mayGrow(place)).toBe(false);
    }
  }

  /** From now on all goes well. */
  async finish(): Promise<void> {
    for (let round = 0; round < 300 && this.callers.some(({ got }) => got === undefined); round++) {
      this.starts.shift()?.(true);
      await soon();
      this.loads.shift()?.(true);
      await soon();
      this.answer(round);
      await soon();
      await vi.advanceTimersByTimeAsync(31);
    }
    expect(this.callers.filter(({ got }) => got === undefined)).toEqual([]);
  }
}

const step = (weight: number, run: (world: World, pick: number) => unknown) => ({ weight, arbitrary: fc.nat(99).map((pick) => (world: World) => run(world, pick)) });
const steps = fc.oneof(
  step(8, (world, pick) => world.call(pick)),
  step(6, (world, pick) => world.answer(pick)),
  step(4, (world, pick) => world.starts.splice(pick % (world.starts.length || 1), 1)[0]?.(pick > 10)),
  step(5, (world, pick) => world.loads.splice(pick % (world.loads.length || 1), 1)[0]?.(pick > 20)),
  step(3, (world, pick) => world.abort(pick)),
  step(1, (world, pick) => world.die(pick)),
  step(1, (world, pick) => world.dispose(pick)),
  step(1, (_world, pick) => vi.advanceTimersByTimeAsync(pick)),
);
const plugins = fc.array(fc.record({ concurrency: fc.integer({ min: 1, max: 3 }), queue: fc.nat(4), state: fc.constantFrom("none", "plugin") }), { minLength: 1, maxLength: 3 });

test("whatever starts, loads, answers, dies and is given up, in whichever order: all are told, nobody waits beside a free worker, no cap is passed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), plugins, fc.array(steps, { maxLength: 60, size: "max" }), async (size, given, all) => {
      const world = new World(size, given);
      for (const run of all) {
        await run(world);
        await world.check();
      }
      await world.finish();
    }),
    { seed: 1, numRuns: 200 },
  );
});
