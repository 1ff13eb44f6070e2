import type { Announcer } from "../announcer.ts";
import { Editor } from "../bench/write/editor.ts";
import { find, write } from "../find.ts";
import { count } from "../format.ts";
import { CHANGES } from "./list.ts";

/** @returns how many follow */
type Publish = (rules: Uint8Array) => Promise<number>;

/** The source of the rules. Saving compiles it, here, and publishes what comes out. */
export class RulesEditor {
  readonly #announcer: Announcer;
  readonly #publish: Publish;
  readonly #editor: Editor;
  readonly #said = find("#compiled");
  readonly #diagnostics = find("#diagnostics");
  readonly #shipped: string;
  readonly #compilers = import("../bench/write/compilers/index.ts").then(({ Compilers }) => new Compilers());
  #publishing: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor(announcer: Announcer, publish: Publish) {
    this.#announcer = announcer;
    this.#publish = publish;
    const place = find("#editor");
    this.#shipped = find("pre", place).textContent!;
    this.#editor = new Editor(place, { onChange: () => this.#changed(), onRun: () => this.save() });
    this.#put(this.#shipped);
    // The compiler is fetched by whoever comes near.
    for (const near of [place, find(".save")]) for (const type of ["focusin", "pointerenter"]) near.addEventListener(type, () => this.#warm(), { once: true });
    find("#save").addEventListener("click", () => this.save());
    find("#shipped").addEventListener("click", () => {
      this.#put(this.#shipped);
      this.save();
    });
    for (const button of document.querySelectorAll<HTMLElement>("[data-change]")) button.addEventListener("click", () => this.#change(Number(button.dataset["change"])));
    // Wherever the focus is: it stays there.
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      this.save();
    });
    write(this.#said, "Save with Ctrl or ⌘ and S, from anywhere on the page.");
    for (const button of document.querySelectorAll<HTMLElement>(".save button")) button.setAttribute("aria-disabled", "false");
  }

  /** What was saved last is what counts. */
  save(): void {
    void this.#save(++this.#turn, this.#editor.code);
  }

  async #save(turn: number, code: string): Promise<void> {
    write(this.#said, "Compiling; the first time fetches the compiler, 2.9 MB.");
    try {
      const result = await (await this.#compilers).compile("assemblyscript", code);
      if (turn !== this.#turn) return;
      if ("said" in result) return this.#refused("It does not compile; the rules before stay in force.", result.said);
      // One after the other.
      this.#publishing = this.#publishing.then(() => (turn === this.#turn ? this.#inForce(result.bytes, result.ms) : undefined));
    } catch (error) {
      if (turn === this.#turn) this.#unpublished(error as Error);
    }
  }

  async #inForce(rules: Uint8Array, ms: number): Promise<void> {
    try {
      const number = await this.#publish(rules);
      this.#diagnostics.textContent = "";
      write(this.#said, `Saved: compiled in ${Math.round(ms)} ms, ${count(rules.length)} bytes; ${number === 3 ? "all three follow" : "the page follows"}.`);
      this.#announcer.say(this.#said.textContent!);
    } catch (error) {
      this.#unpublished(error as Error);
    }
  }

  #unpublished({ message }: Error): void {
    this.#refused("Not published; the rules before stay in force.", message);
  }

  #refused(text: string, why: string): void {
    write(this.#said, text);
    this.#diagnostics.textContent = why;
  }

  #change(index: number): void {
    const { constant, values } = CHANGES[index]!;
    const now = constant.exec(this.#editor.code)?.[2];
    if (now === undefined) return this.#refused("That rule is not in there any more.", "");
    const next = values[(values.indexOf(now as never) + 1) % values.length]!;
    this.#put(this.#editor.code.replace(constant, (_, before: string) => before + next));
    this.save();
  }

  #put(code: string): void {
    this.#editor.show("assemblyscript", "AssemblyScript", code);
  }

  #changed(): void {
    this.#warm();
    write(this.#said, "Changed, and not saved yet.");
  }

  #warm(): void {
    void this.#compilers.then((compilers) => compilers.warm("assemblyscript"));
  }
}
