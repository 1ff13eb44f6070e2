import type { Op, Outcome } from "../../shared/hostile.ts";
import { find, write } from "../find.ts";
import { duration } from "../format.ts";
import { NoServer } from "../no-server.ts";
import type { ShoreId } from "./list.ts";
import { facts, inWords } from "./words.ts";

/** One shore, and what an attack costs there. */
export class Cost {
  readonly #root: HTMLElement;
  readonly #attack: (op: Op) => Promise<Outcome>;

  constructor(id: ShoreId, attack: (op: Op) => Promise<Outcome>) {
    this.#root = find(`[data-shore="${id}"]`);
    this.#attack = attack;
  }

  get absent(): boolean {
    return this.#root.dataset["state"] === "absent";
  }

  wait(): void {
    if (!this.absent) this.#root.dataset["state"] = "waiting";
  }

  /** @returns what its caller got, in a form that two shores can be compared by; undefined where there is none */
  async suffer(op: Op): Promise<string | undefined> {
    if (this.absent) return undefined;
    this.#root.dataset["state"] = "running";
    try {
      const outcome = await this.#attack(op);
      return this.#show(outcome);
    } catch (error) {
      const absent = error instanceof NoServer;
      this.#root.dataset["state"] = absent ? "absent" : "failed";
      this.#say("", absent ? "no server here: npm start has one" : error instanceof Error ? error.message : String(error), "–", "");
      return absent ? undefined : "failed";
    }
  }

  #show({ error, next, ms = 0 }: Outcome): string {
    this.#root.dataset["state"] = error ? "held" : "answered";
    if (!error) {
      this.#say("", `answers “${next}”`, "no error", "");
      return next;
    }
    this.#say(error.code, inWords(error), facts(error), `after ${duration(ms * 1000)}; the next call answers “${next}”`);
    return `${error.code} ${facts(error)}`;
  }

  #say(code: string, verdict: string, details: string, next: string): void {
    for (const [part, text] of Object.entries({ code, verdict, details, next })) write(find(`[data-part=${part}]`, this.#root), text);
  }
}
