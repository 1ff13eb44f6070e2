import type { Call } from "../../contract/call.ts";
import { failure, type IsopodError } from "../../errors.ts";
import { over } from "../../limits/bounds.ts";
import { Deadlines, type Timed } from "../../limits/deadlines.ts";
import type { Timekeeper } from "../place.ts";
import type { Fleet } from "./fleet.ts";
import type { Lane } from "./lane.ts";
import type { WorkerPlace } from "./worker-place.ts";

/** A hardened guest ends by itself: it is left so long to say so, on the clock of its own thread, which may have got the call late. */
const SLACK_MS = 20;

/** Instantiating takes time of its own, which is not the guest's. */
const LOAD_MS = 250;

/** Where a worker was ended, the next spare one starts so much later: starting it takes cores from the call that comes next. */
const APART_MS = 10;

/**
 * Ends what takes too long in workers. A hardened guest ends by itself, and its worker lives on; one
 * that does not, and any that was not hardened, takes its worker with it, and a spare one steps in.
 */
export class Clock implements Timekeeper {
  readonly #time: number;
  /** Nothing but the end of its worker ends this guest. */
  readonly #loose: boolean;
  readonly #deadlines = new Deadlines();
  readonly #fleet: Fleet;
  /** How many inputs batches have. */
  readonly #batches = new WeakMap<Call, number>();
  /** A worker is likely to be ended: a spare one is worth its memory. */
  #likely: boolean;
  /** The spare worker that was started for this plugin last. */
  #own: Lane | undefined;

  /** @param eager the time is the application's own wish: a worker that will surely be ended has a spare one from the start */
  constructor(fleet: Fleet, time: number, loose: boolean, eager: boolean) {
    this.#fleet = fleet;
    this.#time = time;
    this.#loose = loose;
    this.#likely = loose && eager;
  }

  /** Each input of a batch has a time of its own: a hardened guest is held to that by itself, and the batch as a whole from here. */
  batch(call: Call, inputs: number): void {
    this.#batches.set(call, inputs);
  }

  watch(place: WorkerPlace, lane: Lane, work: Promise<unknown>, call?: Call): void {
    const calls = (call && this.#batches.get(call)) || 1;
    const slack = call ? (this.#loose ? 0 : SLACK_MS) : LOAD_MS;
    const started = performance.now();
    const timed: Timed = {
      due: started + this.#time * calls + slack,
      expire: () => this.#late(place, lane, over("time", Math.ceil(performance.now() - started), this.#time), call),
    };
    const done = (): void => void (timed.due = Infinity);
    work.then(() => (done(), this.#standBy(place)), done);
    this.#deadlines.watch(timed);
  }

  #late(place: WorkerPlace, lane: Lane, error: IsopodError, call: Call | undefined): void {
    if (call && !this.#loose) return lane.giveUp(call, error);
    if (call) this.#stepIn(place); // first, or a new worker would be started for whoever waits
    lane.end(error);
  }

  /** A worker beyond those of the fleet, which nobody is given until one is ended: 8 MB. It has an instance, unless what that keeps would be old by then. */
  async #standBy(place: WorkerPlace): Promise<void> {
    const fleet = this.#fleet;
    if (!this.#likely || fleet.spareComing || (fleet.spare && !fleet.spare.ended)) return;
    fleet.spareComing = true;
    let spare: Lane | undefined;
    try {
      fleet.spare = this.#own = spare = await fleet.open();
      if (!this.#likely) this.leave();
      else if (place.program.state !== "plugin") await place.settle(spare);
    } catch (error) {
      spare?.end(error as IsopodError);
      this.#likely = false;
    }
    fleet.spareComing = false;
  }

  /** The plugin is gone, and with it the need for a spare worker. */
  leave(): void {
    this.#likely = false;
    if (this.#fleet.spare === this.#own) this.#own?.end(failure("disposed", "the plugin was disposed: load it again"));
  }

  /** A worker is about to be ended: the spare one is at everyone's service, and another gets ready. */
  #stepIn(place: WorkerPlace): void {
    const fleet = this.#fleet;
    this.#likely = true;
    if (!fleet.spareComing) {
      const { spare } = fleet;
      fleet.spare = undefined;
      spare?.free();
    }
    this.#deadlines.watch({ due: performance.now() + APART_MS, expire: () => void this.#standBy(place) });
  }
}
