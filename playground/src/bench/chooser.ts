import { MOST_PLUGIN } from "../../shared/berth.ts";
import { find, make } from "../find.ts";
import { count, seen } from "../format.ts";
import { fetchExample } from "./examples/fetch.ts";
import { type Example, EXAMPLES } from "./examples/list.ts";
import type { Subject } from "./subject.ts";

interface Events {
  /** At once, before its bytes are there: whatever is typed from now on is meant for it. */
  readonly onChoice: (example: Example) => void;
  readonly onSubject: (subject: Subject) => void;
  readonly onTrouble: (sentence: string) => void;
}

/** The rack of examples, and the place to drop a file. */
export class Chooser {
  readonly #buttons = [...document.querySelectorAll<HTMLButtonElement>("[data-example]")];
  readonly #events: Events;
  #turn = 0;

  constructor(events: Events) {
    this.#events = events;
    for (const button of this.#buttons) button.addEventListener("click", () => void this.choose(EXAMPLES.find(({ id }) => id === button.dataset["example"])!));
    const file = find<HTMLInputElement>("#file");
    file.addEventListener("change", () => {
      void this.#take(file.files?.[0]);
      file.value = "";
    });
    this.#dropTarget(find("#drop"));
  }

  async choose(example: Example): Promise<void> {
    this.mark(example.id);
    this.#events.onChoice(example);
    await this.#bring(`${example.id}.wasm`, { kind: "example", example }, () => fetchExample(example));
  }

  /** What lies on the bench is pressed; nothing of ours, nothing. */
  mark(id?: string): void {
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset["example"] === id));
  }

  async #take(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > MOST_PLUGIN) return this.#events.onTrouble(`${seen(file.name)} has ${count(file.size)} bytes; a plugin may have ${count(MOST_PLUGIN)} here.`);
    this.mark();
    await this.#bring(file.name, { kind: "file" }, async () => new Uint8Array(await file.arrayBuffer()));
  }

  async #bring(name: string, from: Subject["from"], read: () => Promise<Uint8Array>): Promise<void> {
    const turn = ++this.#turn;
    try {
      const bytes = await read();
      if (turn === this.#turn) this.#events.onSubject({ name, bytes, from });
    } catch (error) {
      if (turn === this.#turn) this.#events.onTrouble((error as Error).message);
    }
  }

  /** The whole page takes a file, but only this place says so: a file that is dropped beside it must not replace the page. */
  #dropTarget(place: HTMLElement): void {
    const over = (event: DragEvent, hovered: boolean) => {
      if (!event.dataTransfer?.types.includes("Files")) return; // text goes where it is dropped
      event.preventDefault();
      place.dataset["over"] = String(hovered);
    };
    addEventListener("dragover", (event) => over(event, true));
    addEventListener("dragleave", (event) => over(event, false));
    addEventListener("drop", (event) => {
      over(event, false);
      void this.#take(event.dataTransfer?.files[0]);
    });
    place.append(make("span", { class: "unseen" }, `At most ${count(MOST_PLUGIN)} bytes.`));
  }
}
