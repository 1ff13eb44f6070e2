import { short } from "./format.ts";
import type { Agreement } from "./lanes/chart.ts";

const NUMBERS = ["no", "one", "two", "three", "four"];
const QUIET_MS = 700;

/** Says whether the lanes agree: at once to the eye, and to a screen reader once the typing has paused. */
export class Announcer {
  readonly #badge = document.querySelector<HTMLElement>("#agreement")!;
  readonly #status = document.querySelector<HTMLElement>("#status")!;
  #timer: ReturnType<typeof setTimeout> | undefined;

  agreement({ lanes, digest, what = "answer" }: Agreement): void {
    const number = NUMBERS[lanes] ?? String(lanes);
    const [state, text] =
      digest === undefined ? ["different", "The answers differ"] : lanes > 1 ? ["identical", `${capital(number)} identical ${what}s`] : ["waiting", `One ${what} so far`];
    this.#badge.dataset["state"] = state;
    this.#badge.replaceChildren(text, ...(digest === undefined ? [] : [code(what === "error" ? digest : short(digest))]));
    this.say(text);
  }

  /** Something else in the badge's place; said aloud once it is settled. */
  badge(state: "waiting" | "identical" | "different", text: string): void {
    this.#badge.dataset["state"] = state;
    if (this.#badge.textContent !== text) this.#badge.textContent = text;
    if (state !== "waiting") this.say(text);
  }

  /** Through the one live region of the page. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#status.textContent !== text) this.#status.textContent = text;
    }, QUIET_MS);
  }
}

function code(text: string): HTMLElement {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
