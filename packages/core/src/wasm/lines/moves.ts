import { Edits, type Out, type Write } from "../harden/edits.ts";
import { harden } from "../harden/index.ts";
import { Numbers } from "../harden/numbers.ts";
import type { Policy } from "../harden/policy.ts";
import type { Writer } from "../harden/writer.ts";
import { codeOf } from "./code.ts";

/**
 * Where the code of a hardened module was before: three numbers each, in the order of the hardened module. So many bytes
 * from the one offset on were copied from the other; what comes behind them was added before what followed there.
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
  /** Where each function of the module's own begins in the hardened one, and the last of them ends. */
  readonly starts: readonly number[];
}

/** Hardens a module once more, the same way, and keeps books. @throws what `harden` throws */
export function movesOf(bytes: Uint8Array, policy: Policy, digest = ""): Moves {
  const edits = new Followed(codeOf(bytes).starts.length - 1);
  const hardened = harden(bytes, policy, digest, edits);
  const { moves, functions } = edits;
  const starts = codeOf(hardened).starts.slice(0, functions.length + 1);
  for (const [index, first] of functions.entries()) {
    const end = functions[index + 1] ?? moves.length;
    for (let at = first; at < end; at += 3) moves.list[at]! += starts[index]!;
  }
  return { hardened, list: moves.list, count: moves.length / 3, starts };
}

/** Edits whose writing is watched: offsets are those in the body that is written. */
class Followed extends Edits {
  readonly moves = new Numbers();
  /** Where in the moves each function begins. */
  readonly functions: number[] = [];
  readonly #own: number;
  #depth = 0;

  /** @param own how many functions the module has; what is written behind them once more has no places */
  constructor(own: number) {
    super();
    this.#own = own;
  }

  override copy(out: Writer, source: Uint8Array, from: number, to: number, units?: Int32Array, write?: Write): void {
    if (!units || (this.#depth === 0 && this.functions.length === this.#own)) return super.copy(out, source, from, to, units, write);
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
