import { MOST_INPUT } from "../../shared/berth.ts";
import { find, make, write } from "../find.ts";
import { count, seen } from "../format.ts";
import { type Form, hex, read, textOf } from "./input.ts";

/** A module may export a million functions, and a list of them would hold up the page. */
const MOST_OPS = 1000;

export interface Called {
  readonly op: string;
  readonly form: Form;
  readonly text: string;
}

/** Operation and input: what is called, whatever plugin lies on the bench. */
export class CallForm {
  readonly #form = find<HTMLFormElement>("#call");
  readonly #select = find<HTMLSelectElement>("#op");
  readonly #name = find<HTMLInputElement>("#op-name");
  readonly #input = find<HTMLTextAreaElement>("#input");
  readonly #said = find("#input-said");
  readonly #file = find<HTMLInputElement>("#input-file");
  readonly #onCall: (byHand: boolean) => void;
  /** A file that is no text is sent as it is until something is typed. */
  #loaded: Uint8Array | undefined;
  #notes: Readonly<Record<string, string>> = {};

  /** @param onCall whenever something else is to be called; `byHand` where a person asked for it */
  constructor(onCall: (byHand: boolean) => void) {
    this.#onCall = onCall;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#onCall(true);
    });
    for (const control of [this.#select, this.#name]) control.addEventListener("input", () => this.#onCall(false));
    this.#input.addEventListener("input", () => {
      this.#loaded = undefined;
      this.#onCall(false);
    });
    for (const radio of this.#radios()) radio.addEventListener("change", () => this.#respell());
    find("#load").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => void this.#load());
  }

  get value(): Called {
    const op = this.#name.hidden ? this.#select.value : this.#name.value;
    return { op, form: this.#spelled(), text: this.#input.value };
  }

  set value({ op, form, text }: Called) {
    for (const radio of this.#radios()) radio.checked = radio.value === form;
    this.#loaded = undefined;
    this.#wasHex = form === "hex";
    this.#input.value = text;
    this.#name.value = op;
    if ([...this.#select.options].some(({ value }) => value === op)) this.#select.value = op;
  }

  /** What there is to choose from; nothing known, or too much, is a field to type into. */
  offer(ops: readonly string[], wanted: string): void {
    const op = ops.length === 0 || ops.includes(wanted) ? wanted : ops[0]!;
    const listed = ops.length > MOST_OPS ? [] : ops;
    this.#select.replaceChildren(...listed.map((each) => make("option", { value: each }, this.#label(each))));
    this.#select.hidden = listed.length === 0;
    this.#name.hidden = listed.length > 0;
    this.#select.value = op;
    this.#name.value = op;
  }

  /** What operations do: nobody needs it to call one, so it may come later. */
  set notes(notes: Readonly<Record<string, string>>) {
    this.#notes = notes;
    for (const option of this.#select.options) write(option, this.#label(option.value));
  }

  #label(op: string): string {
    return Object.hasOwn(this.#notes, op) ? `${op}: ${this.#notes[op]}` : seen(op);
  }

  /** The bytes to send, or undefined where what is typed is none; then it says why. */
  bytes(): Uint8Array | undefined {
    const bytes = this.#loaded ?? read(this.#spelled(), this.#input.value);
    const wrong = typeof bytes === "string" ? bytes : bytes.length > MOST_INPUT ? `An input may have ${count(MOST_INPUT)} bytes.` : undefined;
    this.#input.setAttribute("aria-invalid", String(wrong !== undefined));
    write(this.#said, wrong ?? `${count((bytes as Uint8Array).length)} bytes`);
    return wrong === undefined ? (bytes as Uint8Array) : undefined;
  }

  /** The same bytes, typed in another way, where that can be. */
  #respell(): void {
    const form = this.#spelled();
    const before = this.#loaded ?? read(form === "hex" ? "text" : "hex", this.#input.value);
    if (form === "hex" && typeof before !== "string") this.#input.value = hex(before);
    // From JSON to text nothing changes, and what is no hex was text already.
    else if (form !== "hex" && typeof before !== "string" && this.#wasHex) this.#input.value = textOf(before) ?? this.#input.value;
    this.#wasHex = form === "hex";
    this.#onCall(false);
  }
  #wasHex = false;

  async #load(): Promise<void> {
    const file = this.#file.files?.[0];
    if (!file) return;
    if (file.size > MOST_INPUT) return write(this.#said, `${file.name} has ${count(file.size)} bytes; an input may have ${count(MOST_INPUT)}.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = textOf(bytes);
    this.value = { ...this.value, form: text === undefined ? "hex" : "text", text: text ?? hex(bytes.subarray(0, 1024)) };
    this.#loaded = bytes;
    this.#file.value = "";
    this.#onCall(false);
  }

  #radios(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>("[name=form]")];
  }

  #spelled(): Form {
    return this.#radios().find(({ checked }) => checked)!.value as Form;
  }
}
