import { FIELDS, type FieldName, type Fields, read, type Verdict, write } from "./fields.ts";
import { PRESETS } from "./presets.ts";
import { sentence } from "./words.ts";

const find = <T extends Element>(selector: string) => document.querySelector<T>(selector)!;

/** The record as fields and as text: whichever is edited, the other follows. */
export class RecordForm {
  readonly #form = find<HTMLFormElement>("#record");
  readonly #raw = find<HTMLTextAreaElement>("#raw");
  readonly #presets = [...document.querySelectorAll<HTMLButtonElement>("#presets button")];
  readonly #onChange: (bytes: Uint8Array) => void;

  constructor(onChange: (bytes: Uint8Array) => void) {
    this.#onChange = onChange;
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", () => {
      this.#raw.value = write(this.#fields());
      this.#changed();
    });
    this.#raw.addEventListener("input", () => {
      this.#fill(read(this.#raw.value) ?? {});
      this.#changed();
    });
    for (const button of this.#presets) button.addEventListener("click", () => this.#choose(button));
  }

  /** Says what there is, as if it had just been typed. */
  start(): void {
    this.#changed(this.#presets[0]);
  }

  /** What the plugin says, at the field that it says it of. */
  show({ errors = {}, normal }: Verdict): void {
    for (const { name } of FIELDS) this.#say(name, errors[name], normal[name]);
    const record = find<HTMLElement>("#said-record");
    record.textContent = errors.record ? sentence("record", errors.record) : "";
    this.#raw.setAttribute("aria-invalid", String(errors.record !== undefined));
  }

  #say(name: FieldName, error: string | undefined, normal: string | undefined): void {
    const field = find<HTMLElement>(`[data-field="${name}"]`);
    field.dataset["verdict"] = error ? "wrong" : normal === undefined ? "none" : "right";
    this.#input(name).setAttribute("aria-invalid", String(error !== undefined));
    const said = find<HTMLElement>(`#said-${name}`);
    const text = error ? sentence(name, error) : (normal ?? "");
    if (said.textContent !== text) said.textContent = text;
  }

  #choose(button: HTMLButtonElement): void {
    const preset = PRESETS[Number(button.dataset["preset"])]!;
    this.#raw.value = preset.text ?? write(preset.fields ?? {});
    this.#fill(preset.fields ?? {});
    this.#changed(button);
  }

  #changed(preset?: HTMLButtonElement): void {
    for (const button of this.#presets) button.setAttribute("aria-pressed", String(button === preset));
    const bytes = new TextEncoder().encode(this.#raw.value);
    find("#length").textContent = `${bytes.length} bytes`;
    this.#onChange(bytes);
  }

  #fields(): Fields {
    return Object.fromEntries(FIELDS.map(({ name }) => [name, this.#input(name).value]));
  }

  #fill(fields: Fields): void {
    for (const { name } of FIELDS) this.#input(name).value = fields[name] ?? "";
  }

  #input(name: FieldName): HTMLInputElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }
}
