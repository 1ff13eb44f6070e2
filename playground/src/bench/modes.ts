import { find } from "../find.ts";
import type { Called } from "./call-form.ts";
import type { Subject } from "./subject.ts";
import type { LanguageId } from "./write/languages.ts";
import type { Writer } from "./write/writer.ts";

export interface Events {
  readonly onSubject: (subject: Subject) => void;
  readonly onTrouble: (sentence: string) => void;
  /** A template is in the editor: this is how it is called. */
  readonly onTemplate: (called: Called) => void;
}

/** Choose or write. The editor and its compilers are fetched when they are first wanted. */
export class Modes {
  readonly #buttons = [...document.querySelectorAll<HTMLButtonElement>("[data-mode]")];
  readonly #events: Events;
  #writer: Promise<Writer> | undefined;
  #opened: Writer | undefined;
  #writing = false;
  /** Pressed before there was an editor. */
  #asked: LanguageId | undefined;

  constructor(events: Events) {
    this.#events = events;
    for (const button of this.#buttons) button.addEventListener("click", () => void this.#press(button.dataset["mode"] === "write"));
    for (const button of document.querySelectorAll<HTMLButtonElement>("[data-language]")) {
      button.addEventListener("click", () => {
        if (!this.#opened) this.#asked = button.dataset["language"] as LanguageId;
      });
    }
  }

  /** Code that has not been compiled, because it came with a link. */
  get pending(): boolean {
    return this.#writing && this.#opened?.pending === true;
  }

  /** What a link to it carries, while it is what is on the bench. */
  get code(): { readonly code: { readonly language: LanguageId; readonly text: string } } | undefined {
    return this.#writing && this.#opened ? { code: this.#opened.code } : undefined;
  }

  compile(): void {
    this.#opened?.compile();
  }

  /** Something else than code lies on the bench. */
  chosen(): void {
    this.#show(false);
  }

  /** Code of somebody else's: shown, and nothing more. */
  async bring(code: { readonly language: LanguageId; readonly text: string }): Promise<void> {
    this.#show(true);
    (await this.#open()).bring(code);
  }

  async #press(write: boolean): Promise<void> {
    this.#show(write);
    if (!write) return;
    try {
      (await this.#open()).start(this.#asked);
      this.#asked = undefined;
    } catch (error) {
      this.#events.onTrouble(`The editor could not be fetched: ${(error as Error).message}`);
    }
  }

  async #open(): Promise<Writer> {
    this.#writer ??= import("./write/writer.ts").then(({ Writer }) => new Writer(this.#events));
    this.#writer.catch(() => (this.#writer = undefined));
    return (this.#opened = await this.#writer);
  }

  #show(write: boolean): void {
    this.#writing = write;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String((button.dataset["mode"] === "write") === write));
    find("#choose").hidden = write;
    find("#write").hidden = !write;
  }
}
