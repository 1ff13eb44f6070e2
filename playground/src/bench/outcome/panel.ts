import { find, make, write } from "../../find.ts";
import { hex, textOf } from "../input.ts";

/** More is not read, nor laid out: each line of JSON begins with its depth in spaces, and gigabytes could be made of little. The lanes compare all of it. */
const MOST_SHOWN = 20_000;

type Form = "text" | "json" | "hex";

/** The answer in full, or the error in words, in a place of one size. */
export class OutcomePanel {
  readonly #root = find("#outcome");
  readonly #body = find("#outcome-body");
  readonly #answer = find("#answer");
  readonly #forms = [...document.querySelectorAll<HTMLButtonElement>("#answer-forms button")];
  #form: Form = "text";
  #output = new Uint8Array();

  constructor() {
    for (const button of this.#forms) {
      button.addEventListener("click", () => {
        this.#form = button.dataset["form"] as Form;
        this.#show();
      });
    }
  }

  answer(output: Uint8Array): void {
    this.#output = new Uint8Array(output);
    this.#root.dataset["state"] = "answer";
    write(find("#outcome-title"), "The answer");
    if (this.#body.firstElementChild !== this.#answer) this.#body.replaceChildren(this.#answer);
    this.#show();
  }

  /** @param where which lanes say so */
  async error(error: unknown, where: string): Promise<void> {
    this.#root.dataset["state"] = "error";
    write(find("#outcome-title"), "The error");
    this.#body.replaceChildren();
    const said = await import("./fault.ts").then(
      ({ fault }) => fault(error, where),
      () => make("p", {}, String(error)),
    );
    if (this.#root.dataset["state"] === "error") this.#body.replaceChildren(said);
  }

  /** A sentence in the same place: something is under way, or is to be done first. */
  say(text: string): void {
    this.#root.dataset["state"] = "waiting";
    write(find("#outcome-title"), "The answer");
    this.#body.replaceChildren(make("p", {}, text));
  }

  #show(): void {
    for (const button of this.#forms) button.setAttribute("aria-pressed", String(button.dataset["form"] === this.#form));
    if (this.#root.dataset["state"] === "answer") write(this.#answer, this.#spelled());
  }

  #spelled(): string {
    const output = this.#output.subarray(0, MOST_SHOWN);
    const rest = this.#output.length > MOST_SHOWN ? `\n… ${this.#output.length - MOST_SHOWN} more bytes` : "";
    if (this.#form === "hex") return hex(output) + rest;
    const text = textOf(this.#output);
    if (text === undefined) return `These bytes are no text. As hex they are:\n${hex(output)}${rest}`;
    if (this.#form === "text" || rest) return text.slice(0, MOST_SHOWN) + rest;
    try {
      return JSON.stringify(JSON.parse(text), undefined, 2).slice(0, MOST_SHOWN) + rest;
    } catch {
      return `This is no JSON. As text it is:\n${text.slice(0, MOST_SHOWN)}${rest}`;
    }
  }
}
