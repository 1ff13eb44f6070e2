import { IsopodError } from "@isopod/browser";
import type { LanguageId } from "../languages.ts";
import { type Compiled, type Order, type Progress, READY, type Workers } from "./protocol.ts";

/** A compiler that has not answered by then is ended: code can make one loop, too. C's fetches itself at its first order. */
const COMPILE_MS = { assemblyscript: 30_000, wat: 30_000, c: 300_000 } as const;
/** Longest that it may take to come, some megabytes over a slow line. */
const LOAD_MS = 120_000;

const START: Workers = {
  assemblyscript: () => new Worker(new URL("./assemblyscript.ts", import.meta.url), { type: "module", name: "assemblyscript" }),
  c: () => new Worker(new URL("./c.ts", import.meta.url), { type: "module", name: "c" }),
  wat: () => new Worker(new URL("./wat.ts", import.meta.url), { type: "module", name: "wat" }),
};

/** Compilers, each in a worker that is started when it is first wanted. */
export class Compilers {
  readonly #workers = new Map<LanguageId, Promise<Worker>>();
  #last = 0;

  /** So that it is there when it is wanted. */
  warm(language: LanguageId): void {
    this.#worker(language).catch(() => {});
  }

  async compile(language: LanguageId, code: string, files: Readonly<Record<string, string>> = {}, progress: (progress: Progress) => void = () => {}): Promise<Compiled> {
    const worker = await this.#worker(language);
    const hear = ({ data }: MessageEvent<Partial<Progress>>) => data.done !== undefined && progress(data as Progress);
    worker.addEventListener("message", hear);
    const id = ++this.#last;
    worker.postMessage({ id, code, files } satisfies Order);
    try {
      return await next<Compiled>(worker, (data) => data.id === id, COMPILE_MS[language]);
    } catch (error) {
      worker.terminate();
      this.#workers.delete(language);
      throw error;
    } finally {
      worker.removeEventListener("message", hear);
    }
  }

  #worker(language: LanguageId): Promise<Worker> {
    const known = this.#workers.get(language) ?? this.#start(language);
    this.#workers.set(language, known);
    return known;
  }

  async #start(language: LanguageId): Promise<Worker> {
    const worker = START[language]();
    try {
      await next(worker, (data) => data === READY, LOAD_MS);
      return worker;
    } catch (error) {
      worker.terminate();
      this.#workers.delete(language);
      throw error;
    }
  }
}

/** The next message of a worker that is the one that is waited for. */
function next<T>(worker: Worker, wanted: (data: T) => boolean, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const late = setTimeout(() => end(() => reject(new IsopodError("aborted", `the compiler did not answer within ${ms / 1000} s`))), ms);
    const end = (settle: () => void) => {
      clearTimeout(late);
      done.abort();
      settle();
    };
    worker.addEventListener("message", ({ data }: MessageEvent<T>) => wanted(data) && end(() => resolve(data)), { signal: done.signal });
    worker.addEventListener("error", ({ message }) => end(() => reject(new Error(`the compiler could not be started: ${message || "its file did not load"}`))), { signal: done.signal });
  });
}
