/**
 * Where the instructions of a body begin and what is written after each opcode: as much as it takes to change a
 * module and mostly keep it valid. Own code, so that what tests the parser does not share its mistakes.
 */
export interface Instruction {
  readonly at: number;
  readonly end: number;
  readonly code: number;
  /** Where its first number stands, if it has one. */
  readonly operand: number;
}

/** Opcodes that take the same operands and give the same result: any may stand for any other. */
export const ALIKE: readonly (readonly number[])[] = [
  range(0x46, 0x4f), range(0x51, 0x5a), range(0x5b, 0x60), range(0x61, 0x66),
  range(0x67, 0x69), range(0x6a, 0x78), range(0x79, 0x7b), range(0x7c, 0x8a),
  range(0x92, 0x98), range(0xa0, 0xa6), [0x28, 0x2c, 0x2d, 0x2e, 0x2f], [0x29, ...range(0x30, 0x35)],
  [0x36, 0x3a, 0x3b], [0x37, ...range(0x3c, 0x3e)], [0xc0, 0xc1], range(0xc2, 0xc4),
];

/** By opcode, what follows it. */
function operands(code: number): string {
  if (code >= 0x02 && code <= 0x04) return "type";
  if (code === 0x0c || code === 0x0d || code === 0x10 || code === 0x12 || (code >= 0x20 && code <= 0x26)) return "u";
  if (code === 0x0e) return "table";
  if (code === 0x11 || code === 0x13) return "uu";
  if (code >= 0x28 && code <= 0x3e) return "uu";
  if (code === 0x3f || code === 0x40 || code === 0xd0 || code === 0xd2) return "u";
  if (code === 0x41 || code === 0x42) return "u";
  if (code === 0x43) return "4";
  if (code === 0x44) return "8";
  if (code === 0xfc) return "extra";
  if (code <= 0x01 || code === 0x05 || code === 0x0b || code === 0x0f || code === 0x1a || code === 0x1b || code === 0xd1 || (code >= 0x45 && code <= 0xc4)) return "";
  return "unknown";
}

/** The instructions of one body, up to the first that is not known here. */
export function instructions(bytes: Uint8Array, from: number, to: number): Instruction[] {
  const found: Instruction[] = [];
  let at = from;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128 || at > to) return value;
    }
  };
  while (at < to) {
    const begin = at;
    const code = bytes[at++]!;
    const operand = at;
    const form = operands(code);
    if (form === "unknown") return found;
    if (form === "type") number();
    for (const each of form === "u" || form === "uu" ? form : "") if (each) number();
    if (form === "4" || form === "8") at += Number(form);
    if (form === "table") for (let left = number() + 1; left > 0 && at <= to; left--) number();
    if (form === "extra") {
      const extra = number();
      const count = extra < 8 ? 0 : ([2, 1, 2, 1, 2, 1, 2, 1, 1, 1][extra - 8] ?? 0);
      for (let left = count; left > 0; left--) number();
    }
    if (at > to) return found;
    found.push({ at: begin, end: at, code, operand });
  }
  return found;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
