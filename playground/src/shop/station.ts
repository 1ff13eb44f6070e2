import type { Answer } from "../../../examples/shop/versions.ts";
import { read } from "../../../examples/shop/order.ts";
import { find, write } from "../find.ts";
import { NoServer } from "../no-server.ts";
import type { StationId } from "./list.ts";

/** Letters and digits of a digest that are shown: enough to see that two differ. */
const SHOWN = 8;

/** The newest order, and what was said of it. */
export interface Said {
  readonly order: string;
  readonly answer: Answer | undefined;
}

/** One who checks orders, and how that is seen. It is never sent an old order where a newer one waits. */
export class Station {
  readonly #root: HTMLElement;
  readonly #check: (order: string) => Promise<Answer>;
  readonly #onSaid: (said: Said) => void;
  #wanted: string | undefined;
  #busy = false;
  said: Said | undefined;

  constructor(id: StationId, check: (order: string) => Promise<Answer>, onSaid: (said: Said) => void) {
    this.#root = find(`[data-station="${id}"]`);
    this.#check = check;
    this.#onSaid = onSaid;
  }

  get absent(): boolean {
    return this.#root.dataset["state"] === "absent";
  }

  ask(order: string): void {
    if (this.absent) return;
    this.#wanted = order;
    if (!this.#busy) void this.#pump();
  }

  /** It cannot be asked at all. */
  leave(error: unknown): void {
    this.#failed(error);
  }

  async #pump(): Promise<void> {
    this.#busy = true;
    while (this.#wanted !== undefined) {
      const order = this.#wanted;
      this.#wanted = undefined;
      const answer = await this.#check(order).catch((error: unknown) => this.#failed(error));
      if (answer) this.#show(answer);
      this.said = { order, answer: answer ?? undefined };
      this.#onSaid(this.said);
    }
    this.#busy = false;
  }

  #show({ rules, wrong }: Answer): void {
    const code = find("[data-part=rules]", this.#root);
    const text = rules.slice(rules.indexOf("-") + 1).slice(0, SHOWN);
    if (code.textContent !== text) {
      code.textContent = text;
      code.title = rules;
      // The one thing that moves, for it has just come.
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) code.animate([{ opacity: 0, translate: "0 -0.75rem" }, { opacity: 1, translate: "0" }], { duration: 320, easing: "ease-out" });
    }
    const fields = read(wrong).size;
    this.#root.dataset["state"] = fields === 0 ? "takes" : "refuses";
    write(find("[data-part=verdict]", this.#root), fields === 0 ? "takes the order" : `refuses it: ${fields === 1 ? "one field" : `${fields} fields`}`);
  }

  #failed(error: unknown): void {
    const absent = error instanceof NoServer;
    this.#root.dataset["state"] = absent ? "absent" : "failed";
    write(find("[data-part=verdict]", this.#root), absent ? "no server here: npm start has one" : String(error instanceof Error ? error.message : error));
  }
}
