import type { LanguageId } from "../languages.ts";
import { Compiler } from "./compiler.ts";
import type { Compiled, Order, Progress } from "./protocol.ts";

/** C's fetches itself at its first order, a hundred megabytes. */
const FETCHED_MS = 300_000;

/** Compilers, each in a worker of its own. */
export class Compilers {
  readonly #compilers: Readonly<Record<LanguageId, Compiler>> = {
    assemblyscript: new Compiler(() => new Worker(new URL("./assemblyscript.ts", import.meta.url), { type: "module", name: "assemblyscript" })),
    c: new Compiler(() => new Worker(new URL("./c.ts", import.meta.url), { type: "module", name: "c" }), FETCHED_MS),
    wat: new Compiler(() => new Worker(new URL("./wat.ts", import.meta.url), { type: "module", name: "wat" })),
  };

  /** So that it is there when it is wanted. */
  warm(language: LanguageId): void {
    this.#compilers[language].warm();
  }

  compile(language: LanguageId, code: string, files: Order["files"] = {}, progress: (progress: Progress) => void = () => {}): Promise<Compiled> {
    return this.#compilers[language].compile(code, files, progress);
  }
}
