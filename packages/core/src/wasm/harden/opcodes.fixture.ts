import { leb } from "./assemble.fixture.ts";

/**
 * Every instruction that a hardened module may have, so that each is run as it was and hardened. Types by a letter:
 * i, I, f, F are i32, i64, f32, f64; v is v128. `@` is an alignment and an offset, `#` a lane.
 */
type Row = readonly [from: number, to: number, type: string];

/** Instructions of one byte that compute, load and store. */
const PLAIN: readonly Row[] = [
  [0x28, 0x28, "i>i@"], [0x29, 0x29, "i>I@"], [0x2a, 0x2a, "i>f@"], [0x2b, 0x2b, "i>F@"], [0x2c, 0x2f, "i>i@"], [0x30, 0x35, "i>I@"],
  [0x36, 0x36, "ii>@"], [0x37, 0x37, "iI>@"], [0x38, 0x38, "if>@"], [0x39, 0x39, "iF>@"], [0x3a, 0x3b, "ii>@"], [0x3c, 0x3e, "iI>@"],
  [0x45, 0x45, "i>i"], [0x46, 0x4f, "ii>i"], [0x50, 0x50, "I>i"], [0x51, 0x5a, "II>i"], [0x5b, 0x60, "ff>i"], [0x61, 0x66, "FF>i"],
  [0x67, 0x69, "i>i"], [0x6a, 0x78, "ii>i"], [0x79, 0x7b, "I>I"], [0x7c, 0x8a, "II>I"], [0x8b, 0x91, "f>f"], [0x92, 0x98, "ff>f"], [0x99, 0x9f, "F>F"], [0xa0, 0xa6, "FF>F"],
  [0xa7, 0xa7, "I>i"], [0xa8, 0xa9, "f>i"], [0xaa, 0xab, "F>i"], [0xac, 0xad, "i>I"], [0xae, 0xaf, "f>I"], [0xb0, 0xb1, "F>I"],
  [0xb2, 0xb3, "i>f"], [0xb4, 0xb5, "I>f"], [0xb6, 0xb6, "F>f"], [0xb7, 0xb8, "i>F"], [0xb9, 0xba, "I>F"], [0xbb, 0xbb, "f>F"],
  [0xbc, 0xbc, "f>i"], [0xbd, 0xbd, "F>I"], [0xbe, 0xbe, "i>f"], [0xbf, 0xbf, "I>F"], [0xc0, 0xc1, "i>i"], [0xc2, 0xc4, "I>I"],
];

/** Behind 0xFC. */
const CONVERSIONS: readonly Row[] = [[0, 1, "f>i"], [2, 3, "F>i"], [4, 5, "f>I"], [6, 7, "F>I"]];

/** Behind 0xFD; the numbers that are missing mean nothing. */
const VECTORS: readonly Row[] = [
  [0, 10, "i>v@"], [11, 11, "iv>@"], [14, 14, "vv>v"], [15, 17, "i>v"], [18, 18, "I>v"], [19, 19, "f>v"], [20, 20, "F>v"],
  [21, 22, "v>i#"], [23, 23, "vi>v#"], [24, 25, "v>i#"], [26, 26, "vi>v#"], [27, 27, "v>i#"], [28, 28, "vi>v#"], [29, 29, "v>I#"], [30, 30, "vI>v#"], [31, 31, "v>f#"], [32, 32, "vf>v#"], [33, 33, "v>F#"], [34, 34, "vF>v#"],
  [35, 76, "vv>v"], [77, 77, "v>v"], [78, 81, "vv>v"], [82, 82, "vvv>v"], [83, 83, "v>i"], [84, 87, "iv>v@#"], [88, 91, "iv>@#"], [92, 93, "i>v@"], [94, 98, "v>v"], [99, 100, "v>i"], [101, 102, "vv>v"], [103, 106, "v>v"], [107, 109, "vi>v"],
  [110, 115, "vv>v"], [116, 117, "v>v"], [118, 121, "vv>v"], [122, 122, "v>v"], [123, 123, "vv>v"], [124, 129, "v>v"], [130, 130, "vv>v"], [131, 132, "v>i"], [133, 134, "vv>v"], [135, 138, "v>v"], [139, 141, "vi>v"],
  [142, 147, "vv>v"], [148, 148, "v>v"], [149, 153, "vv>v"], [155, 159, "vv>v"], [160, 161, "v>v"], [163, 164, "v>i"], [167, 170, "v>v"], [171, 173, "vi>v"], [174, 174, "vv>v"], [177, 177, "vv>v"], [181, 186, "vv>v"], [188, 191, "vv>v"],
  [192, 193, "v>v"], [195, 196, "v>i"], [199, 202, "v>v"], [203, 205, "vi>v"], [206, 206, "vv>v"], [209, 209, "vv>v"], [213, 223, "vv>v"], [224, 225, "v>v"], [227, 227, "v>v"], [228, 235, "vv>v"], [236, 237, "v>v"], [239, 239, "v>v"], [240, 247, "vv>v"], [248, 255, "v>v"],
];

/** Three values of each type, written as what pushes them. */
const bytes = (value: ArrayBufferView): number[] => [...new Uint8Array(value.buffer)];
const OPERANDS: Record<string, readonly number[][]> = {
  i: [[0x41, 24], [0x41, 0x7d], [0x41, 0]],
  I: [[0x42, 40], [0x42, 0x79], [0x42, 0]],
  f: [1.5, NaN, -3e9].map((value) => [0x43, ...bytes(Float32Array.of(value))]),
  F: [2.25, Infinity, -1e20].map((value) => [0x44, ...bytes(Float64Array.of(value))]),
  v: [Float32Array.of(1, -2.5, 3e9, 0.1), Int32Array.of(-1, 0x7fc00001, 77, -2147483648), Float64Array.of(NaN, -0)].map((value) => [0xfd, 12, ...bytes(value)]),
};

/** What stores a result for the host to look at, behind an address. */
const STORES: Record<string, readonly number[]> = { i: [0x36, 0, 0], I: [0x37, 0, 0], f: [0x38, 0, 0], F: [0x39, 0, 0], v: [0xfd, 11, 0, 0] };

/** A function without parameters or results. */
export interface Sample {
  /** `FD 0E`: prefix and number of the instruction. */
  readonly key: string;
  readonly body: readonly number[];
}

export function key(prefix: number, code?: number): string {
  return [prefix, ...(code === undefined ? [] : [code])].map((number) => number.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}

function samples(rows: readonly Row[], prefix?: number): Sample[] {
  return rows.flatMap(([from, to, type]) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((code) => {
      const [params, results] = type.replace(/[@#]/g, "").split(">") as [string, string];
      // The second operand is another value than the first, so that it matters which is which.
      return [0, 1, 2].map((turn): Sample => ({
        key: prefix === undefined ? key(code) : key(prefix, code),
        body: [
          ...(results ? [0x41, 0] : []),
          ...[...params].flatMap((letter, place) => OPERANDS[letter]![(turn + place) % 3]!),
          ...(prefix === undefined ? [code] : [prefix, ...leb(code)]),
          ...(type.includes("@") ? [0, 8] : []),
          ...(type.includes("#") ? [1] : []),
          ...(results ? STORES[results]! : []),
        ],
      }));
    }),
  );
}

/** All that compute; what is left needs a surrounding, see special.fixture.ts. */
export const COMPUTING: readonly Sample[] = [
  ...samples(PLAIN),
  ...samples(CONVERSIONS, 0xfc),
  ...samples(VECTORS, 0xfd),
  { key: key(0xfd, 12), body: [0x41, 0, ...OPERANDS["v"]![0]!, ...STORES["v"]!] },
  { key: key(0xfd, 13), body: [0x41, 0, ...OPERANDS["v"]![0]!, ...OPERANDS["v"]![1]!, 0xfd, 13, ...Array.from({ length: 16 }, (_, lane) => (lane * 7) % 32), ...STORES["v"]!] },
];
