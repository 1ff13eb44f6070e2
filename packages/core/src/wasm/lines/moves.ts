import { Edits, type Out, type Write } from "../harden/edits.ts";
import { harden } from "../harden/index.ts";
import { Numbers } from "../harden/numbers.ts";
import type { Policy } from "../harden/policy.ts";
import type { Writer } from "../harden/writer.ts";
import { codeOf } from "./code.ts";

/**
 * Where the code of a hardened module was before: three numbers each, in the order of the hardened module. So many bytes
 * from the one offset on were copied from the other, or from nowhere, which is −1; what comes behind them was added before
 * what followed there.
 *
 * ```text
 * before     240 ├── 12 bytes ──┤ loop …
 * hardened   262 ├── the same ──┤ charge │ loop …        (262, 240, 12)
 * ```
 */
export interface Moves {
  readonly hardened: Uint8Array<ArrayBuffer>;
  readonly list: Int32Array;
  readonly count: number;
  /** Where each function of the hardened module begins, and the last of them ends. */
  readonly starts: readonly number[];
  /** Which of them are helpers, of no source: from this one to before that. */
  readonly helpers: readonly [from: number, to: number];
}

/** Hardens a module once more, the same way, and keeps books. @throws what `harden` throws */
export function movesOf(bytes: Uint8Array, policy: Policy, digest = ""): Moves {
  const edits = new Followed(bytes.length);
  const hardened = harden(bytes, policy, digest, edits);
  const { moves, functions } = edits;
  const { starts } = codeOf(hardened);
  const own = codeOf(bytes).starts.length - 1;
  // The module's own come first, those that are written once more last. What stands between them, and behind, comes from nowhere.
  const between = starts.length - 1 - functions.length;
  const list = new Numbers();
  for (const [index, first] of functions.entries()) {
    if (index === own) list.three(starts[own]!, -1, 0);
    const start = starts[index < own ? index : index + between]!;
    const end = functions[index + 1] ?? moves.length;
    for (let at = first; at < end; at += 3) list.three(moves.list[at]! + start, moves.list[at + 1]!, moves.list[at + 2]!);
  }
  const end = starts[functions.length > own ? starts.length - 1 : own];
  if (end !== undefined) list.three(end, -1, 0);
  return { hardened, list: list.list, count: list.length / 3, starts, helpers: [own, own + between] };
}

/** Edits whose writing is watched: offsets are those in the body that is written. */
class Followed extends Edits {
  readonly moves = new Numbers();
  /** Where in the moves each function begins. */
  readonly functions: number[] = [];
  #depth = 0;

  override copy(out: Writer, source: Uint8Array, from: number, to: number, units?: Int32Array, write?: Write): void {
    if (!units) return super.copy(out, source, from, to);
    if (this.#depth++ === 0) {
      this.functions.push(this.moves.length);
      this.moves.three(0, from, 0); // what is charged where it is entered
    }
    super.copy(new Watched(out, this.moves), source, from, to, units, write);
    this.#depth--;
  }
}

/** Writes to another writer, and notes what is copied. */
class Watched implements Out {
  readonly #out: Writer;
  readonly #moves: Numbers;

  constructor(out: Writer, moves: Numbers) {
    this.#out = out;
    this.#moves = moves;
  }

  copy(source: Uint8Array, from: number, to: number): void {
    this.#moves.three(this.#out.at, from, to - from);
    this.#out.copy(source, from, to);
  }

  number(value: number): void {
    this.#out.number(value);
  }

  op(code: number, index: number): void {
    this.#out.op(code, index);
  }
}
