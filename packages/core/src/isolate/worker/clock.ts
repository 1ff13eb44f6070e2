import { failure, type IsopodError } from "../../errors.ts";
import { over } from "../../limits/bounds.ts";
import { Deadlines, type Timed } from "../../limits/deadlines.ts";
import type { Timekeeper } from "../place.ts";
import type { Fleet } from "./fleet.ts";
import type { Lane, Running } from "./lane.ts";

/** A hardened guest ends by itself: it is left so long to say so, on the clock of its own thread, which may have got the call late. */
const SLACK_MS = 20;

/** Instantiating takes time of its own, which is not the guest's. */
const LOAD_MS = 250;

/**
 * Ends what takes too long in workers. A hardened guest ends by itself, and its worker lives on; one
 * that does not, and any that was not hardened, takes its worker with it, and a spare one steps in.
 */
export class Clock implements Timekeeper {
  readonly time: number;
  /** Nothing but the end of its worker ends this guest. */
  readonly loose: boolean;
  readonly #eager: boolean;
  readonly #deadlines = new Deadlines();
  readonly #watches = new WeakMap<Lane, Watch>();
  #fleet!: Fleet;
  #spare: Lane | "coming" | "none" | undefined;

  /** @param eager the time is the application's own wish: a worker that will surely be ended has a spare one from the start */
  constructor(time: number, loose: boolean, eager: boolean) {
    this.time = time;
    this.loose = loose;
    this.#eager = eager;
  }

  attach(fleet: Fleet): void {
    this.#fleet = fleet;
    if (this.loose && this.#eager) this.standBy();
  }

  run(lane: Lane): void {
    let watch = this.#watches.get(lane);
    if (!watch) this.#watches.set(lane, (watch = new Watch(this, lane)));
    watch.call = lane.running;
    watch.at = performance.now() + this.time + (this.loose ? 0 : SLACK_MS);
    this.#deadlines.watch(watch);
  }

  load(lane: Lane, loading: Promise<void>): void {
    const due = performance.now() + this.time + LOAD_MS;
    const timed: Timed = { due, expire: () => lane.end(this.late(due - LOAD_MS)) };
    const done = (): void => void (timed.due = Infinity);
    loading.then(done, done);
    this.#deadlines.watch(timed);
  }

  late(due: number): IsopodError {
    return over("time", Math.ceil(performance.now() - due + this.time), this.time);
  }

  /** A worker beyond those of the fleet, which nobody is given until one is ended: 8 MB, and in Node 40 ms sooner. */
  standBy(): void {
    if (this.#spare !== undefined) return;
    this.#spare = "coming";
    this.#fleet.size++;
    this.#fleet.open().then(
      (lane) => {
        if (this.#spare === "none") this.#release(lane);
        else this.#spare = lane;
      },
      () => {
        this.#fleet.size--;
        if (this.#spare === "coming") this.#spare = undefined;
      },
    );
  }

  /** The plugin is gone, and with it the need for a spare worker. */
  leave(): void {
    const spare = this.#spare;
    this.#spare = "none";
    if (typeof spare === "object") this.#release(spare);
  }

  #release(spare: Lane): void {
    this.#fleet.size--;
    spare.end(failure("disposed", "the plugin was disposed: load it again"));
  }

  /** A worker is about to be ended: the spare one is at everyone's service, and another gets ready. */
  stepIn(): void {
    const spare = this.#spare;
    if (typeof spare === "object") {
      this.#spare = undefined;
      this.#fleet.size--;
      spare.free();
    }
    this.standBy();
  }
}

/** What one lane runs. */
class Watch implements Timed {
  call: Running | undefined;
  at = Infinity;
  readonly #clock: Clock;
  readonly #lane: Lane;

  constructor(clock: Clock, lane: Lane) {
    this.#clock = clock;
    this.#lane = lane;
  }

  /** A call that has ended is due no more. */
  get due(): number {
    return this.#lane.running === this.call ? this.at : Infinity;
  }

  expire(): void {
    const lane = this.#lane;
    const error = this.#clock.late(this.at - (this.#clock.loose ? 0 : SLACK_MS));
    if (!this.#clock.loose) return lane.giveUp(this.call!.call, error);
    this.#clock.stepIn(); // first, or a new worker would be started for whoever waits
    lane.end(error);
  }
}
