import type { Announcer } from "../announcer.ts";
import type { Station } from "./station.ts";

/** Longest that the last order's badge stays while the next one is asked about: what comes sooner need not be announced. */
const PATIENCE_MS = 400;

/** Says whether all have the same rules and say the same, once each has said something of the order as it is. */
export class Agreement {
  readonly #announcer: Announcer;
  readonly #stations: readonly Station[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stations: readonly Station[], announcer: Announcer) {
    this.#stations = stations;
    this.#announcer = announcer;
  }

  /** @param order the newest */
  look(order: string): void {
    const there = this.#stations.filter(({ absent }) => !absent);
    if (there.length === 1) return this.#say("waiting", "Only the page answers");
    if (there.some(({ said }) => said?.order !== order)) return this.#wait("Asking…");
    const answers = there.flatMap(({ said }) => said?.answer ?? []);
    if (answers.length < there.length) return this.#say("different", "Not everybody answers");
    if (new Set(answers.map(({ rules }) => rules)).size > 1) return this.#wait("Following…");
    const alike = new Set(answers.map(({ wrong }) => wrong)).size === 1;
    this.#say(alike ? "identical" : "different", alike ? "Same rules, same answer, three times" : "The answers differ");
  }

  #say(...badge: Parameters<Announcer["badge"]>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#announcer.badge(...badge);
  }

  #wait(text: string): void {
    this.#timer ??= setTimeout(() => this.#say("waiting", text), PATIENCE_MS);
  }
}
