import type { Reader } from "../reader.ts";
import { behind, OTHER, SHAPE } from "./shapes.ts";
import type { Helpers } from "./helpers.ts";
import type { Writer } from "./writer.ts";

const VOID = 0x40;
/** The most rounds that are charged at once. */
const ROUNDS = 64;
const [GET, SET, TEE, SET_GLOBAL, NE, LT_U, ADD, SUB, MUL, SHL, SHR_U, ROTR, SELECT] = [0x20, 0x21, 0x22, 0x24, 0x47, 0x49, 0x6a, 0x6b, 0x6c, 0x74, 0x76, 0x78, 0x1b];

/**
 * How such a loop begins and ends, each instruction the character of its code: a space, `!` and `"` for `local.get`,
 * `set` and `tee`, `#` for `global.get`, `A` for a constant, `G`, `H` and `I` for ≠ and signed and unsigned <, `j` and
 * `k` for sum and difference, and `\v`, `\f`, `\r` for `end`, `br` and `br_if`.
 */
const BEFORE = /^ [ #A][GHI].* A[jk]!\f\v$/s;
const AFTER = / A[jk]"[ #A][GHI]\r$/;
const TURNED = /[ #A] A[jk]"G\r$/;
const DOWN_TO_ZERO = / A[jk]"\r$/;

/**
 * A loop whose rounds a variable counts: it moves once in each, by a constant, and is compared to what stays as it is.
 * Nothing else leads out of the loop, or back to where it begins. So how many rounds are ahead is known, and they are
 * charged at once, up to a strip of them.
 *
 * ```text
 * loop                        loop
 *   if (variable < bound)       if (variable < bound)
 *     body                        end = variable + step × min(rounds that are ahead, rounds of a strip)
 *     variable += step     →      loop
 *     br 1                          body
 *   end                             br_if 0 ((variable += step) ≠ end)
 * end                               br 2
 * ```
 *
 * Whatever the numbers, a strip ends: it has a round at least, and as all of it moves the variable by less than 2^32,
 * that comes to `end` then and not before.
 */
export interface Counted {
  /** What is done in a round, but for the step and the comparison; and where the loop ends. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly variable: number;
  /** It is compared before each round, by what comes before its body; else after it. */
  readonly before: boolean;
  readonly compare: number;
  /** The instruction that pushes what it is compared to; nothing for zero. */
  readonly bound: readonly [from: number, to: number] | undefined;
  /** How far it moves, as a power of two. */
  readonly step: number;
  readonly down: boolean;
}

/** The loop whose body lies there, up to its `end`, if a variable counts it. */
export function counted(reader: Reader, shapes: Int8Array, from: number, to: number): Counted | undefined {
  const { bytes } = reader;
  // Most are none, and are seen to be: one ends by `br_if 0`, or begins by `local.get` and ends by a sum, `local.set`, `br 1` and `end`.
  if (bytes[to - 1] === 0 ? bytes[to - 2] !== 0x0d : bytes[from] !== GET || bytes[to - 2] !== 1 || bytes[to - 3] !== 0x0c || (bytes[to - 5] === SET && bytes[to - 6]! >> 1 !== SUB >> 1)) return undefined;
  const places: number[] = [];
  let codes = "";
  /** Locals that are written, and the depths of blocks that end, divide or are branched to. */
  const written: number[] = [];
  const touched: number[] = [];
  const number = (place: number): number => {
    reader.at = place + 1;
    return reader.number();
  };
  for (let at = from, depth = 0; at < to; ) {
    places.push(at);
    const code = bytes[at]!;
    codes += String.fromCharCode(code);
    const shape = shapes[code]! & SHAPE;
    if (code === SET || code === TEE) written.push(number(at));
    if (shape !== OTHER && code !== SET_GLOBAL) at = behind(bytes, at + 1, shape);
    else if ((code === 0x02 || code === 0x04) && bytes[at + 1]! >> 6 === 1) { // block, if
      depth++;
      at += 2;
    } else if (code === 0x05 || code === 0x0b) { // else, end
      touched.push(depth);
      if (code === 0x0b) depth--;
      at++;
    } else if (code === 0x0c || code === 0x0d) { // br, br_if
      touched.push(depth - number(at));
      ({ at } = reader);
    } else return undefined;
  }

  const before = BEFORE.test(codes);
  const turned = TURNED.test(codes);
  const zero = DOWN_TO_ZERO.test(codes);
  if (!before && !turned && !zero && !AFTER.test(codes)) return undefined;
  const last = places.length - 1;
  const index = (of: number): number => number(places[of]!);
  /** Where the variable is written, and what it is compared to. */
  const write = last - (zero ? 1 : before || turned ? 2 : 3);
  const bound = before ? 1 : turned ? write - 4 : write + 1;
  const variable = index(write);
  if (index(write - 3) !== variable || written.indexOf(variable) !== written.lastIndexOf(variable)) return undefined;
  if (!zero && codes[bound] === " " && written.includes(index(bound))) return undefined;
  if (before && (index(0) !== variable || bytes[places[3]!] !== 0x04 || touched.pop() !== 1)) return undefined;
  if (touched.pop() !== 0 || touched.some((depth) => depth <= Number(before))) return undefined;

  const compare = zero ? NE : codes.charCodeAt(before ? 2 : last - 1);
  const by = places[write - 2]! + 1;
  const moved = ((bytes[by]! ^ 0x40) - 0x40) * (codes.charCodeAt(write - 1) === SUB ? -1 : 1);
  const step = Math.log2(Math.abs(moved));
  const down = moved < 0;
  // A constant of one byte, a power of two; what is less than its bound climbs to it.
  if (by + 1 < places[write - 1]! || !Number.isInteger(step) || (down && compare !== NE)) return undefined;
  return { from: before ? places[4]! : from, to: places[turned ? bound : write - 3]!, end: to, variable, before, compare, bound: zero ? undefined : [places[bound]!, places[bound + 1]!], step, down };
}

/** Writes what comes in place of the body of the loop, which begins there: strips of rounds, each of so many units. Where one ends is in the local `ends`. */
export function strips(out: Writer, bytes: Uint8Array, begins: number, { from, variable, before, compare, bound, step, down }: Counted, units: number, helpers: Helpers, ends: number, body: () => void): void {
  const most = before ? ROUNDS : ROUNDS - 1;
  const move = down ? SUB : ADD;
  const moved = (): Writer => out.op(GET, variable).constant(1 << step).put(move);
  const compared = (): Writer => (before ? out.op(GET, variable) : moved());
  const limit = (): Writer => (bound ? out.copy(bytes, ...bound) : out.constant(0));

  if (before) out.copy(bytes, begins, from);
  helpers.fuel(out);
  // In how many rounds it is there: what is not a multiple of the step never is, and turned around too large.
  if (down) compared();
  limit();
  if (!down) compared();
  out.put(SUB);
  if (step > 0) {
    if (compare === NE) out.constant(step).put(ROTR);
    else out.constant(1).put(SUB).constant(step).put(SHR_U).constant(1).put(ADD);
  }
  out.op(TEE, ends).constant(most).op(GET, ends).constant(most).put(LT_U, SELECT);
  if (!before) {
    if (compare !== NE) {
      out.constant(0);
      compared();
      limit().put(compare, SELECT);
    }
    out.constant(1).put(ADD);
  }
  helpers.less(out.op(TEE, ends).constant(units).put(MUL));
  out.op(GET, variable).op(GET, ends);
  if (step > 0) out.constant(step).put(SHL);
  out.put(move).op(SET, ends).put(0x03, VOID);
  body();
  moved().op(TEE, variable).op(GET, ends).put(NE, 0x0d, 0);
  if (before) return void out.put(0x0c, 2, 0x0b, 0x0b);
  out.put(0x0b).op(GET, variable);
  if (bound) limit().put(compare);
  out.put(0x0d, 0);
}
