import { MAX_FIELDS, MAX_TYPES, MAX_VALUES } from "./bounds.ts";
import type { Reader } from "./reader.ts";
import type { FunctionType, MemoryType, ValueType } from "./types.ts";

/** By code, from 0x7F downwards. */
const NUMBERS: readonly ValueType[] = ["i32", "i64", "f32", "f64", "v128"];

/** Every other code of the range is taken for a reference, the i8 and i16 of structs too: the engine knows them apart. */
export function valueType(reader: Reader): ValueType {
  const code = reader.byte();
  if (code < 0x63 || code > 0x7f) throw reader.error(`${code} is unknown`);
  reader.marks.add(code);
  if (code > 0x7a) return NUMBERS[0x7f - code]!;
  if (code === 0x70) return "funcref";
  // `ref null` and `ref`: what they refer to follows, a small negative number or the index of a type.
  if (code < 0x65) reader.number();
  return code === 0x6f ? "externref" : "ref";
}

/**
 * An entry of a type section: one type, or a group of types that refer to each other. A struct or an array holds its
 * place as undefined.
 *
 * `60 01 7F 01 7E` → (i32) -> i64; `4E 01 50 00 5F 00` → a group of one struct without fields
 */
export function typeEntry(reader: Reader, spare: number): (FunctionType | undefined)[] {
  const code = reader.byte();
  reader.marks.add(code);
  return code === 0x4e ? reader.list(spare, () => type(reader, reader.byte())) : [type(reader, code)];
}

function type(reader: Reader, code: number): FunctionType | undefined {
  if (code === 0x50 || code === 0x4f) {
    reader.list(MAX_TYPES, () => reader.number());
    code = reader.byte();
  }
  if (code === 0x60) {
    const params = reader.list(MAX_VALUES, valueType);
    const results = reader.list(MAX_VALUES, valueType);
    if (results.length > 1) reader.marks.add(0);
    return { params, results };
  }
  if (code === 0x5f) reader.list(MAX_FIELDS, field);
  else if (code === 0x5e) field(reader);
  else throw reader.error(`${code} is unknown`);
  return undefined;
}

/** Of a struct or an array: its type and whether it can be written. */
function field(reader: Reader): void {
  valueType(reader);
  reader.byte();
}

/** Of a memory or a table: flags (1 maximum, 2 shared, 4 wide, 8 page size), the minimum, and a number for 1 and 8. */
export function limits(reader: Reader): MemoryType {
  const flags = reader.byte();
  if (flags > 15) throw reader.error(`${flags} is unknown`);
  reader.marks.add(0x100 + flags);
  const wide = (flags & 4) > 0;
  const width = wide ? 64 : 32;
  const type = { minimum: reader.number(width), ...(flags & 1 ? { maximum: reader.number(width) } : {}), shared: (flags & 2) > 0, wide };
  if (flags & 8) reader.number();
  return type;
}
