import { afterEach, beforeEach, vi } from "vitest";
import type { Program } from "../../abi/abi.ts";
import { Call } from "../../contract/call.ts";
import type { CallOptions } from "../../contract/operations.ts";
import { IsopodError } from "../../errors.ts";
import type { Timekeeper } from "../place.ts";
import { Fleet } from "./fleet.ts";
import type { WorkerLink } from "./lane.ts";
import { CALL, PROTOCOL, type LoadOrder } from "./protocol.ts";
import { WorkerPlace } from "./worker-place.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

export const GONE = new IsopodError("disposed", "gone");
export { bytes } from "../crossing.fixture.ts";
export const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
export type Message = readonly unknown[];

/** A worker as an adapter would give it, played by hand. */
export class FakeWorker implements WorkerLink {
  readonly posted: Message[] = [];
  readonly loads: LoadOrder[] = [];
  readonly drops: number[] = [];
  readonly holds: boolean[] = [];
  terminated = 0;
  die!: (cause: unknown) => void;
  say!: (...message: unknown[]) => void;
  readonly control: WorkerLink["control"];
  readonly port: WorkerLink["port"] = {
    post: (message) => void this.posted.push(structuredClone(message) as Message),
    listen: (listener) => void (this.say = (...message) => listener(message as never)),
  };

  constructor(protocol = PROTOCOL, load: (order: LoadOrder) => Promise<void> = async () => {}) {
    this.control = {
      greet: async () => protocol,
      load: (order) => (this.loads.push(order), load(order)),
      drop: async (plugin) => void this.drops.push(plugin),
    };
  }

  terminate(): void {
    this.terminated++;
  }
  onDeath(listener: (cause: unknown) => void): void {
    this.die = listener;
  }
  hold(busy: boolean): void {
    this.holds.push(busy);
  }

  /** Inputs of the calls that it was given. */
  get calls(): unknown[] {
    return this.posted.filter(([kind]) => kind === CALL).map((message) => message[3]);
  }
}

export class Stage {
  readonly workers: FakeWorker[] = [];
  readonly fleet: Fleet;
  #plugins = 0;

  constructor({ size = 1, start = async (): Promise<WorkerLink> => new FakeWorker() } = {}) {
    const open = async (): Promise<WorkerLink> => {
      const worker = await start();
      this.workers.push(worker as FakeWorker);
      return worker;
    };
    this.fleet = new Fleet(open, size);
  }

  plugin({ concurrency = 9, queue = 99, state = "none", keeps = state === "plugin", clock = undefined as Timekeeper | undefined } = {}): WorkerPlace {
    return new WorkerPlace(++this.#plugins, { abi: "fake", state } as unknown as Program, { abi: { variables: keeps || undefined } as never, limits: { concurrency, queue }, functions: new Map(), log: undefined, clock }, this.fleet);
  }
}

export const call = (place: WorkerPlace, input: string, options?: CallOptions): Promise<unknown> => place.run(new Call("op", input, options)) as Promise<unknown>;

/** What became of a promise, as far as it has. */
export function watch(promise: Promise<unknown>): { now(): Promise<unknown> } {
  let state: unknown = "pending";
  promise.then((value) => (state = value), (error: IsopodError) => (state = error.code ?? error));
  return { now: async () => (await soon(), state) };
}
