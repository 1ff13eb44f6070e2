import { read, write as writeOrder } from "../../../examples/shop/order.ts";
import { find, write } from "../find.ts";
import { FIELDS } from "./list.ts";

/** The checkout. Its inputs are the customer's: nothing here ever writes into one. */
export class OrderForm {
  readonly #form = find<HTMLFormElement>("#order");
  readonly #placed = find("#placed");
  #wrong: readonly string[] = [];
  #known = false;
  onChange: (order: string) => void = () => {};

  constructor() {
    this.#form.addEventListener("input", () => {
      write(this.#placed, "");
      this.onChange(this.order);
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#place();
    });
  }

  get order(): string {
    return writeOrder(FIELDS.map(({ name }) => [name, this.#input(name).value]));
  }

  /** What the rules in the page say, at the field that they say it of. */
  show(said: string): void {
    const wrong = read(said);
    this.#known = true;
    this.#wrong = FIELDS.map(({ name }) => name).filter((name) => wrong.has(name));
    for (const { name } of FIELDS) {
      find(`[data-field="${name}"]`).dataset["verdict"] = wrong.has(name) ? "wrong" : "right";
      this.#input(name).setAttribute("aria-invalid", String(wrong.has(name)));
      write(find(`#said-${name}`), wrong.get(name) ?? "");
    }
  }

  #place(): void {
    const [first] = this.#wrong;
    if (first !== undefined) this.#input(first).focus();
    write(this.#placed, !this.#known ? "The rules are not there yet: a moment." : first === undefined ? "Taken. This is a demo: nothing was sold." : "Not yet: something above is wrong.");
  }

  #input(name: string): HTMLInputElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }
}
