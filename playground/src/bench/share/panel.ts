import { find, write } from "../../find.ts";
import type { Runtime, Shown } from "./snippets.ts";

const SAID_MS = 1600;

/** Snippets, and what is copied. */
export class SharePanel {
  readonly #code = find("#snippet");
  readonly #tabs = [...document.querySelectorAll<HTMLButtonElement>("[data-snippet]")];
  readonly #say: (text: string) => void;
  #runtime: Runtime = "browser";
  #shown: Shown | undefined;

  /** @param link of what there is; rejects in a few words where that cannot be in one */
  constructor(link: () => Promise<string>, say: (text: string) => void) {
    this.#say = say;
    for (const tab of this.#tabs) {
      tab.addEventListener("click", () => {
        this.#runtime = tab.dataset["snippet"] as Runtime;
        void this.#draw();
      });
    }
    const copy = find<HTMLButtonElement>("#copy");
    copy.addEventListener("click", () => void this.#copied(copy, async () => this.#code.textContent));
    const share = find<HTMLButtonElement>("#share");
    share.addEventListener("click", () => void this.#copied(share, link));
  }

  show(shown: Shown): void {
    this.#shown = shown;
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const { snippet } = await import("./snippets.ts");
    for (const tab of this.#tabs) tab.setAttribute("aria-pressed", String(tab.dataset["snippet"] === this.#runtime));
    if (this.#shown) write(this.#code, snippet(this.#runtime, this.#shown));
  }

  async #copied(button: HTMLButtonElement, what: () => Promise<string>): Promise<void> {
    const before = (button.dataset["label"] ??= button.textContent);
    const said = await what().then(
      (text) =>
        navigator.clipboard.writeText(text).then(
          () => "Copied",
          () => (button.id === "share" ? "It is in the address bar" : "Not allowed: select it"),
        ),
      (error: Error) => error.message,
    );
    button.textContent = said;
    this.#say(said);
    setTimeout(() => (button.textContent = before), SAID_MS);
  }
}
