import { IsopodError } from "@isopod/browser";
import type { LanguageId } from "../languages.ts";
import type { Compiled, Order, Workers } from "./protocol.ts";

/** A compiler that has not answered by then is ended: code can make one loop, too. */
const COMPILE_MS = 30_000;

const START: Workers = {
  assemblyscript: () => new Worker(new URL("./assemblyscript.ts", import.meta.url), { type: "module", name: "assemblyscript" }),
  wat: () => new Worker(new URL("./wat.ts", import.meta.url), { type: "module", name: "wat" }),
};

/** Compilers, each in a worker that is started when it is first wanted. */
export class Compilers {
  readonly #workers = new Map<LanguageId, Worker>();
  #last = 0;

  /** So that it is there when it is wanted. */
  warm(language: LanguageId): void {
    this.#worker(language);
  }

  compile(language: LanguageId, code: string, files: Readonly<Record<string, string>> = {}): Promise<Compiled> {
    const worker = this.#worker(language);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(late);
        worker.removeEventListener("message", listen);
        worker.removeEventListener("error", fail);
      };
      const give = (error: Error) => {
        end();
        worker.terminate();
        this.#workers.delete(language);
        reject(error);
      };
      const late = setTimeout(() => give(new IsopodError("aborted", `the compiler did not answer within ${COMPILE_MS / 1000} s`)), COMPILE_MS);
      const fail = (event: ErrorEvent) => give(new Error(`the compiler could not be started: ${event.message || "its file did not load"}`));
      const listen = ({ data }: MessageEvent<Compiled>) => {
        if (data.id !== id) return;
        end();
        resolve(data);
      };
      worker.addEventListener("message", listen);
      worker.addEventListener("error", fail);
      worker.postMessage({ id, code, files } satisfies Order);
    });
  }

  #worker(language: LanguageId): Worker {
    const known = this.#workers.get(language) ?? START[language]();
    this.#workers.set(language, known);
    return known;
  }
}
