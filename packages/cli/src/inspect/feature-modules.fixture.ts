// For each feature the smallest module that needs it: what an engine lacks is found by asking it.

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
/** The type () -> (), and one function of it. */
const TYPE = [0x01, 0x04, 0x01, 0x60, 0x00, 0x00];
const FUNCTION = [0x03, 0x02, 0x01, 0x00];
/** One memory of no pages. */
const MEMORY = [0x05, 0x03, 0x01, 0x00, 0x00];

const module = (...sections: number[][]): Uint8Array<ArrayBuffer> => new Uint8Array([...HEADER, ...sections.flat()]);
const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];
const body = (...code: number[]): number[] => section(10, 1, code.length + 2, 0, ...code, 0x0b);

/** A module of one function with this code. */
const code = (...instructions: number[]): Uint8Array<ArrayBuffer> => module(TYPE, FUNCTION, MEMORY, body(...instructions));

const DROP = 0x1a;
const ZERO = [0x41, 0x00];
const V128 = [...ZERO, 0xfd, 0x0f];

/** By the name that the table of runtimes has for it. */
export const FEATURE_MODULES: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  "bulk memory": code(...ZERO, ...ZERO, ...ZERO, 0xfc, 0x0b, 0x00), // memory.fill
  "sign extension": code(...ZERO, 0xc0, DROP), // i32.extend8_s
  "saturating conversions": code(0x43, 0, 0, 0, 0, 0xfc, 0x00, DROP), // i32.trunc_sat_f32_s
  "mutable globals": module(section(6, 1, 0x7f, 1, ...ZERO, 0x0b), section(7, 1, 1, 0x67, 3, 0)),
  "multi-value": module(section(1, 1, 0x60, 0, 2, 0x7f, 0x7f), FUNCTION, body(...ZERO, ...ZERO)),
  "reference types": code(0xd0, 0x6f, DROP), // ref.null extern
  SIMD: code(...V128, DROP),
  "relaxed SIMD": code(...V128, ...V128, 0xfd, 0x80, 0x02, DROP), // i8x16.relaxed_swizzle
  "tail calls": code(0x12, 0x00), // return_call 0
  "extended constants": module(section(6, 1, 0x7f, 0, ...ZERO, ...ZERO, 0x6a, 0x0b)),
  "multi-memory": module(section(5, 2, 0, 0, 0, 0)),
  memory64: module(section(5, 1, 4, 0)),
  "shared memory": module(section(5, 1, 3, 1, 1)),
  atomics: code(0xfe, 0x03, 0x00), // atomic.fence
  "legacy exceptions": code(0x06, 0x40, 0x19, 0x0b), // try catch_all end
  exnref: code(0x1f, 0x40, 0x00, 0x0b), // try_table end
  GC: module(section(1, 2, 0x5f, 0, 0x60, 0, 0), section(3, 1, 1), body(0xfb, 0x01, 0x00, DROP)), // struct.new_default
  "wide arithmetic": code(0x42, 0, 0x42, 0, 0x42, 0, 0x42, 0, 0xfc, 0x13, DROP, DROP), // i64.add128
  "custom page sizes": module(section(5, 1, 8, 0, 0)),
  "custom descriptors": module(section(1, 0x02, 0x4e, 0x02, 0x4d, 0x01, 0x5f, 0x00, 0x4c, 0x00, 0x5f, 0x00)),
};
