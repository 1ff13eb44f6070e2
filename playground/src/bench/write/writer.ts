import { find, write } from "../../find.ts";
import { count } from "../../format.ts";
import type { Called } from "../call-form.ts";
import type { Events } from "../modes.ts";
import { Compilers } from "./compilers/index.ts";
import { Editor } from "./editor.ts";
import { LANGUAGES, type LanguageId } from "./languages.ts";
import { TEMPLATES } from "./templates.ts";

const QUIET_MS = 250;

/** Source of a plugin, compiled while it is written. */
export class Writer {
  readonly #events: Events;
  readonly #editor: Editor;
  readonly #compilers = new Compilers();
  readonly #buttons = [...document.querySelectorAll<HTMLButtonElement>("[data-language]")];
  /** What was written in each language, for who comes back to it. */
  readonly #kept = new Map<LanguageId, string>();
  #language: LanguageId = LANGUAGES[0].id;
  #started = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** How to call what has just been chosen, until it is there to be called. */
  #template: Called | undefined;
  /** The language of code that came with a link, until a person runs it: it waits for that wherever one goes meanwhile. */
  #brought: LanguageId | undefined;

  constructor(events: Events) {
    this.#events = events;
    this.#editor = new Editor(find("#editor"), { onChange: () => this.#changed(), onRun: () => this.compile() });
    for (const button of this.#buttons) button.addEventListener("click", () => this.#choose(button.dataset["language"] as LanguageId));
  }

  /** Whether what is in the editor waits for a person. */
  get pending(): boolean {
    return this.#brought === this.#language;
  }

  get code(): { readonly language: LanguageId; readonly text: string } {
    return { language: this.#language, text: this.#editor.code };
  }

  /** With what was last written; the first time, with a template. */
  start(language = this.#language): void {
    if (!this.#started) this.#choose(language);
    else if (!this.pending) this.compile();
  }

  /** Somebody else's: it waits for a person. */
  bring({ language, text }: { readonly language: LanguageId; readonly text: string }): void {
    this.#started = true;
    this.#brought = language;
    this.#show(language, text);
    this.#compilers.warm(language);
    this.#wait();
  }

  compile(): void {
    if (this.pending) this.#brought = undefined;
    clearTimeout(this.#timer);
    void this.#compile(++this.#turn);
  }

  #choose(language: LanguageId): void {
    if (this.#started) this.#kept.set(this.#language, this.#editor.code);
    this.#started = true;
    const kept = this.#kept.get(language);
    this.#show(language, kept ?? TEMPLATES[language].code);
    if (this.pending) return this.#wait();
    this.#template = TEMPLATES[language].call;
    this.compile();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    write(find("#compiled"), "Not compiled yet: press Run.");
  }

  #show(language: LanguageId, text: string): void {
    this.#language = language;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset["language"] === language));
    this.#editor.show(language, LANGUAGES.find(({ id }) => id === language)!.name, text);
  }

  #changed(): void {
    clearTimeout(this.#timer);
    if (this.pending) return;
    this.#timer = setTimeout(() => this.compile(), QUIET_MS);
  }

  async #compile(turn: number): Promise<void> {
    const language = this.#language;
    const code = this.#editor.code;
    const { name, weight } = LANGUAGES.find(({ id }) => id === language)!;
    if (!this.#warm.has(language)) write(find("#compiled"), `Fetching the ${name} compiler, ${weight}: once, then it stays.`);
    try {
      const result = await this.#compilers.compile(language, code, TEMPLATES[language].files, ({ done, total }) => {
        if (turn === this.#turn) write(find("#compiled"), `Fetching the ${name} compiler: ${megabytes(done)} of ${megabytes(Math.max(done, total))} MB, once.`);
      });
      this.#warm.add(language);
      if (turn !== this.#turn) return;
      if ("said" in result) return this.#refused(result.said);
      find("#diagnostics").textContent = "";
      write(find("#compiled"), `Compiled in ${Math.round(result.ms)} ms, ${count(result.bytes.length)} bytes.`);
      if (this.#template) this.#events.onTemplate(this.#template);
      this.#template = undefined;
      this.#events.onSubject({ name: "plugin.wasm", bytes: result.bytes, from: { kind: "code", language, code } });
    } catch (error) {
      if (turn === this.#turn) this.#refused((error as Error).message);
    }
  }
  readonly #warm = new Set<LanguageId>();

  /** What runs on the shores stays what it was: the last that compiled. */
  #refused(said: string): void {
    write(find("#compiled"), "It does not compile; the lanes still have what last did.");
    find("#diagnostics").textContent = said;
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
