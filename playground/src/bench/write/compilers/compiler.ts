import { IsopodError } from "@isopod/browser";
import { type Compiled, type Order, type Progress, READY } from "./protocol.ts";

/** A compiler that has not answered by then is ended: code can make one loop, too. */
const COMPILE_MS = 30_000;
/** How long one that is busy with older code may hold up newer code. */
const PATIENCE_MS = 5_000;
/** Longest that it may take to come, some megabytes over a slow line. */
const LOAD_MS = 120_000;

/** One compiler, in a worker that is started when it is first wanted, and anew once it had to be ended. One order at a time, and only the newest of those that wait. */
export class Compiler {
  readonly #start: () => Worker;
  readonly #firstMs: number;
  #worker: Promise<Worker> | undefined;
  /** Whether this worker has answered once: then nothing has to come over the wire any more. */
  #answered = false;
  #newest = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #running = new AbortController();

  /** @param firstMs longest that the first order may take, where more of the compiler comes with it */
  constructor(start: () => Worker, firstMs = COMPILE_MS) {
    this.#start = start;
    this.#firstMs = firstMs;
  }

  /** So that it is there when it is wanted. */
  warm(): void {
    this.#started().catch(() => {});
  }

  /** @throws IsopodError `aborted`, where newer code came before it was compiled, or it took too long */
  compile(code: string, files: Order["files"], progress: (progress: Progress) => void): Promise<Compiled> {
    const id = ++this.#newest;
    const newer = () => new IsopodError("aborted", "newer code is compiled instead");
    const impatient = setTimeout(() => this.#answered && this.#running.abort(newer()), PATIENCE_MS);
    const turn = this.#turn.then(() => {
      clearTimeout(impatient);
      if (id !== this.#newest) throw newer();
      return this.#run({ id, code, files }, progress);
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #run(order: Order, progress: (progress: Progress) => void): Promise<Compiled> {
    const worker = await this.#started();
    const { signal } = (this.#running = new AbortController());
    worker.addEventListener("message", ({ data }: MessageEvent<Partial<Progress>>) => data.done !== undefined && progress(data as Progress), { signal });
    worker.postMessage(order);
    try {
      const compiled = await next<Compiled>(worker, (data) => data.id === order.id, this.#answered ? COMPILE_MS : this.#firstMs, signal);
      this.#answered = true;
      return compiled;
    } catch (error) {
      this.#end(worker);
      throw error;
    } finally {
      this.#running.abort();
    }
  }

  #started(): Promise<Worker> {
    return (this.#worker ??= this.#load());
  }

  async #load(): Promise<Worker> {
    const worker = this.#start();
    try {
      await next(worker, (data) => data === READY, LOAD_MS);
      return worker;
    } catch (error) {
      this.#end(worker);
      throw error;
    }
  }

  #end(worker: Worker): void {
    worker.terminate();
    this.#worker = undefined;
    this.#answered = false;
  }
}

/** The next message of a worker that is the one that is waited for. */
function next<T>(worker: Worker, wanted: (data: T) => boolean, ms: number, given?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const late = setTimeout(() => end(() => reject(new IsopodError("aborted", `the compiler did not answer within ${ms / 1000} s`))), ms);
    const end = (settle: () => void) => {
      clearTimeout(late);
      done.abort();
      settle();
    };
    const { signal } = done;
    worker.addEventListener("message", ({ data }: MessageEvent<T>) => wanted(data) && end(() => resolve(data)), { signal });
    worker.addEventListener("error", ({ message }) => end(() => reject(new Error(`the compiler could not be started: ${message || "its file did not load"}`))), { signal });
    given?.addEventListener("abort", () => end(() => reject(given.reason as Error)), { signal });
  });
}
