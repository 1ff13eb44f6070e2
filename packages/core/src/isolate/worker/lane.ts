import type { FunctionTable } from "../../capability/functions.ts";
import type { Call } from "../../contract/call.ts";
import { failure, revive, type IsopodError } from "../../errors.ts";
import type { Level } from "../../capability/log.ts";
import type { Answering } from "./answering.ts";
import { ASK, DONE, FAILED, LOG, PROTOCOL, type Changes, type Control, type FromWorker, type LoadOrder, type Port } from "./protocol.ts";

/** One worker as an adapter started it. */
export interface WorkerLink {
  readonly control: Control;
  readonly port: Port;
  /** Ends the worker, whatever it is doing. */
  terminate(): void;
  /** Called once if the worker dies by itself. */
  onDeath(listener: (cause: unknown) => void): void;
  /** Whether this worker should keep the process alive; for runtimes where that is a question. */
  hold?(busy: boolean): void;
}

/** What a lane needs to know of a plugin it serves. */
export interface Passenger {
  readonly plugin: number;
  readonly functions: FunctionTable | undefined;
  readonly log: (level: Level, message: string) => void;
  keep(changes: NonNullable<Changes>): void;
}

interface Running {
  readonly passenger: Passenger;
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** After its caller gave up, a call has so long to end by itself before its worker is ended for it. */
const GRACE_MS = 30;

/**
 * One worker, one call at a time: so that ending the worker ends one call. Settles its caller itself, whatever
 * becomes of the worker.
 */
export class Lane {
  readonly link: WorkerLink;
  readonly answering: Answering | undefined;
  /** Plugins whose instance is here. */
  readonly residents = new Set<number>();
  readonly #passengers = new Map<number, Passenger>();
  readonly #onFree: (lane: Lane) => void;
  readonly #onEnd: (lane: Lane) => void;
  #running: Running | undefined;
  /** The plugin for which the lane is kept, or whose call it runs. */
  holder: number | undefined;
  /** What the worker was ended with, if it was. */
  ended: IsopodError | undefined;
  /** Tells whoever waits for the worker that it has ended. */
  #die: ((error: IsopodError) => void) | undefined;

  constructor(link: WorkerLink, answering: Answering | undefined, onFree: (lane: Lane) => void, onEnd: (lane: Lane) => void) {
    this.link = link;
    this.answering = answering;
    this.#onFree = onFree;
    this.#onEnd = onEnd;
    link.port.listen((message: FromWorker) => this.#receive(message));
    link.onDeath((cause) => this.end(failure("worker_lost", "the worker died: call again", undefined, cause)));
  }

  /** Lends the lane to whoever is next; one that has ended goes nowhere. */
  free(): void {
    this.holder = undefined;
    if (!this.ended) this.#onFree(this);
  }

  async greet(): Promise<void> {
    const theirs = await this.#held(this.link.control.greet(PROTOCOL));
    if (theirs !== PROTOCOL) throw failure("protocol", `host speaks ${PROTOCOL}, worker ${theirs}: use one version`);
  }

  async load(passenger: Passenger, order: LoadOrder): Promise<void> {
    this.#passengers.set(passenger.plugin, passenger); // it may log as it starts
    await this.#held(this.link.control.load(order));
  }

  /** Waits for the worker, for one thing at a time, and keeps the process alive meanwhile. A worker that dies answers by dying. */
  async #held<T>(answer: Promise<T>): Promise<T> {
    this.link.hold?.(true);
    try {
      return await new Promise((resolve, reject) => {
        this.#die = reject;
        if (this.ended) reject(this.ended);
        answer.then(resolve, reject);
      });
    } finally {
      this.link.hold?.(false);
    }
  }

  drop(plugin: number): void {
    this.#passengers.delete(plugin);
    if (this.residents.delete(plugin) && !this.ended) this.link.control.drop(plugin).catch(() => {});
  }

  /** Posts a call; the plugin must hold the lane. */
  run(plugin: number, call: Call, message: unknown, transfer: readonly ArrayBuffer[] | undefined): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.link.hold?.(true);
      this.#running = { passenger: this.#passengers.get(plugin)!, call, resolve, reject };
      try {
        this.link.port.post(message, transfer);
      } catch (cause) {
        this.#settle()?.reject(failure("bad_input", "input or context cannot be cloned", undefined, cause));
      }
    });
  }

  /** Gives up whatever this plugin has running here. */
  abandon(plugin: number, error: IsopodError): void {
    if (this.#running?.passenger.plugin === plugin) this.giveUp(this.#running.call, error);
  }

  /** Rejects a call at once. Its worker gets a moment to finish, because starting a new one costs more; then it is ended. */
  giveUp(call: Call, error: IsopodError): void {
    const running = this.#running;
    if (running?.call !== call) return;
    running.reject(error);
    setTimeout(() => {
      if (this.#running === running) this.end(error);
    }, GRACE_MS);
  }

  /** Ends the worker and settles its caller. */
  end(error: IsopodError): void {
    if (this.ended) return;
    this.ended = error;
    this.link.terminate();
    this.#die?.(error);
    const running = this.#running;
    this.#running = undefined;
    this.link.hold?.(false);
    running?.reject(error);
    this.#onEnd(this);
  }

  #receive(message: FromWorker): void {
    if (message[0] === DONE) {
      this.#keep(message[2]);
      this.#settle()?.resolve(message[1]);
    } else if (message[0] === FAILED) {
      this.#keep(message[2]);
      this.#settle()?.reject(revive(message[1]));
    } else if (message[0] === ASK) {
      const running = this.#running;
      void this.answering?.answer(message, running && { ...running, waits: () => this.#running?.call === running.call });
    } else if (message[0] === LOG) this.#passengers.get(message[1])?.log(message[2], message[3]);
  }

  #keep(changes: Changes): void {
    if (changes) this.#running?.passenger.keep(changes);
  }

  #settle(): Running | undefined {
    const running = this.#running;
    this.#running = undefined;
    this.link.hold?.(false);
    this.free();
    return running;
  }
}
