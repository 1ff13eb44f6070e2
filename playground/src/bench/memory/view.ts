import { find, make } from "../../find.ts";
import { count } from "../../format.ts";
import { dump, type Row } from "./dump.ts";
import type { Range, Trace } from "./trace.ts";

const WIDE = matchMedia("(min-width: 48rem)");

/** Memory as hexadecimal, the argument and the result marked. */
export class MemoryView {
  readonly #said = find("#memory-said");
  readonly #hex = find("#memory");
  #trace: Trace | undefined;

  constructor() {
    WIDE.addEventListener("change", () => this.#draw());
  }

  show(trace: Trace): void {
    this.#trace = trace;
    this.#said.replaceChildren(...legend(trace));
    this.#draw();
  }

  /** Why there is nothing to see. */
  say(text: string): void {
    this.#trace = undefined;
    this.#said.textContent = text;
    this.#hex.replaceChildren();
  }

  #draw(): void {
    if (this.#trace) this.#hex.replaceChildren(...dump(this.#trace, WIDE.matches ? 16 : 8).map((row) => (row ? line(row) : make("div", { class: "gap" }, "⋯"))));
  }
}

function line({ address, runs }: Row): HTMLElement {
  const spelled = (spell: (byte: number) => string, between: string) =>
    runs.map(({ mark, bytes }) => make(mark ? "mark" : "span", mark ? { "data-mark": mark } : {}, bytes.map(spell).join(between)));
  return make(
    "div",
    {},
    make("span", { class: "address" }, address.toString(16).padStart(6, "0")),
    make("span", { class: "cells" }, ...spelled((byte) => byte.toString(16).padStart(2, "0"), " ")),
    make("span", { class: "glyphs" }, ...spelled((byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? "\u00a0" : "·"), "")),
  );
}

function legend({ abi, memory, foreign, argument, result }: Trace): (Node | string)[] {
  const place = (mark: string, words: string, { pointer, length }: Range) => [make("mark", { "data-mark": mark }, words), ` ${count(length)} bytes at ${count(pointer)}. `];
  const size = `${count(memory.length / 65_536)} pages of 64 KiB. `.replace(/^1 pages/, "1 page");
  if (foreign) return [...(result ? place("result", "result", result) : []), `Extism’s guests reach input and output in a kernel’s memory, not in their own, and this is the kernel’s, ${size}Where the argument lay it does not say.`];
  if (abi === "plain") return [`Numbers are passed, not memory: nothing in it is argument or result. ${size}`];
  const argued = argument ? place("argument", "argument", argument) : ["Where the argument lay could not be seen. "];
  const resulted = result ? place("result", "result", result) : ["There is no result. "];
  return [...argued, ...resulted, size];
}
