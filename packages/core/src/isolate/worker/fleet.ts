import type { Signal } from "../../contract/operations.ts";
import { failure, isIsopodError, wordsOf, type IsopodError } from "../../errors.ts";
import { Queue } from "../../pool/queue.ts";
import type { HostCalls } from "./answering.ts";
import { Lane, type WorkerLink } from "./lane.ts";

/** Who wants a lane. */
export interface Rider {
  readonly plugin: number;
  /** Most lanes at a time that may hold an instance of it. */
  readonly cap: number;
  /** Where another's call keeps its instance waiting, it may as well have a new one elsewhere: what it keeps goes with it. */
  readonly moves: boolean;
}

/** The workers of one host, shared by its plugins: about one a core, started when they are first needed. */
export class Fleet {
  readonly #start: () => Promise<WorkerLink>;
  /** Most workers at a time. */
  readonly #size: number;
  readonly #calls: HostCalls | undefined;
  readonly #lanes = new Set<Lane>();
  readonly #waiting = new Map<Rider, Queue<Lane>>();
  /** Riders for whom a worker is being started. */
  readonly #starting: Rider[] = [];
  #disposed: IsopodError | undefined;
  /** One beyond their number, which nobody is given yet: see `Clock`. */
  spare: Lane | undefined;
  spareComing: boolean | undefined;

  constructor(start: () => Promise<WorkerLink>, size: number, calls?: HostCalls) {
    this.#start = start;
    this.#size = size;
    this.#calls = calls;
  }

  /** A free lane, which the rider holds from then on: best one that holds its instance already. */
  now(rider: Rider): Lane | undefined {
    if (this.#disposed) throw this.#disposed;
    const { plugin } = rider;
    let spare: Lane | undefined;
    for (const lane of this.#lanes) {
      if (lane.holder !== undefined) continue;
      if (lane.residents.has(plugin)) {
        lane.holder = plugin;
        return lane;
      }
      spare ??= lane;
    }
    if (!spare || this.#bound(rider) >= rider.cap) return undefined;
    if (rider.moves) this.forget(rider);
    spare.holder = plugin;
    return spare;
  }

  /** Lanes that count against its cap: those that it holds, and where it has to stay. */
  #bound({ plugin, moves }: Rider): number {
    return [...this.#lanes].filter(({ residents, holder }) => holder === plugin || (!moves && residents.has(plugin))).length;
  }

  /** Calls that wait on behalf of this rider, but for those for which a worker is being started. */
  waiting(rider: Rider): number {
    return (this.#waiting.get(rider)?.size ?? 0) - this.#coming(rider);
  }

  /** A lane as soon as there is one: a new worker while there may be more of them, else the next that is free. */
  later(rider: Rider, signal: Signal | undefined): Promise<Lane> {
    const queue = this.#waiting.get(rider) ?? new Queue<Lane>();
    this.#waiting.set(rider, queue); // where it stood, if it waits already
    const lane = queue.wait(signal);
    this.#grow(rider, queue);
    return lane;
  }

  /** Whether a further worker may be started for this rider. */
  mayGrow(rider: Rider): boolean {
    return this.#lanes.size + this.#starting.length < this.#size && this.#bound(rider) + this.#coming(rider) < rider.cap;
  }

  #coming(rider: Rider): number {
    return this.#starting.filter((other) => other === rider).length;
  }

  /** Starts a worker for a rider, unless there are enough of them, or as many on their way as it has calls waiting. */
  #grow(rider: Rider, queue: Queue<Lane>): void {
    if (this.#coming(rider) >= queue.size || !this.mayGrow(rider)) return;
    this.#starting.push(rider);
    this.open().then(
      (lane) => {
        this.#arrived(rider);
        lane.free();
      },
      (error: unknown) => {
        this.#arrived(rider);
        refuseNext(queue, isIsopodError(error) ? error : failure("worker_lost", `no worker: ${wordsOf(error)}`, undefined, error));
        this.resume();
      },
    );
  }

  #arrived(rider: Rider): void {
    this.#starting.splice(this.#starting.indexOf(rider), 1);
  }

  /** A new worker. It is one of the fleet's from when it is freed for the first time. */
  async open(): Promise<Lane> {
    const link = await this.#start();
    const lane = new Lane(
      link,
      this.#calls?.answering(link.port),
      (free) => {
        this.#lanes.add(free);
        this.resume();
      },
      (ended) => {
        this.#lanes.delete(ended);
        this.resume();
      },
    );
    await lane.greet().catch((error: IsopodError) => {
      lane.end(error);
      // It never began, and a new one would end like it: why is all that matters.
      throw error.code === "worker_lost" ? error.cause : error;
    });
    if (this.#disposed) lane.end(this.#disposed);
    return lane;
  }

  /**
   * Something has changed for who waits: a lane is free, or ended, or held by another, or a cap was raised. Hands free lanes
   * out, one call of each rider in turn, so that no plugin starves another; and starts workers, where there may be more.
   */
  resume(): void {
    if (this.#disposed) return;
    for (const [rider, queue] of [...this.#waiting]) {
      const before = queue.size;
      queue.wake(() => this.now(rider));
      if (queue.size === before) continue;
      this.#waiting.delete(rider);
      if (queue.size > 0) this.#waiting.set(rider, queue);
    }
    for (const [rider, queue] of this.#waiting) this.#grow(rider, queue);
  }

  /** Lets a plugin's instances go; the next call makes a new one. */
  forget(rider: Rider): void {
    for (const lane of this.#lanes) lane.drop(rider.plugin);
  }

  /** Settles what a plugin has running or waiting, and lets its instances go. */
  leave(rider: Rider, error: IsopodError): void {
    this.#waiting.get(rider)?.dispose(error);
    this.#waiting.delete(rider);
    for (const lane of this.#lanes) lane.abandon(rider.plugin, error);
    this.forget(rider);
  }

  dispose(error: IsopodError): void {
    this.#disposed = error;
    for (const queue of this.#waiting.values()) queue.dispose(error);
    for (const lane of this.#lanes) lane.end(error);
  }
}

/** Tells whoever waits longest that there will be none. */
function refuseNext(queue: Queue<Lane>, error: unknown): void {
  let told: unknown;
  queue.wake(() => {
    if (!told) throw (told = error);
    return undefined;
  });
}
