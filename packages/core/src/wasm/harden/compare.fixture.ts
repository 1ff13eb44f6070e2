import { assemble, leb, name } from "./assemble.fixture.ts";
import { harden } from "./index.ts";
import type { Sample } from "./opcodes.fixture.ts";

const PAGES = 64;
const AGAIN = [0x20, 1, 0x41, 1, 0x6a, 0x22, 1, 0x41, 2, 0x48, 0x0d, 0, 0x0b];

/** The samples as functions of one module: each as it is, and twice in a loop. With memories, globals are computed, too: Node 20 has neither. */
export function moduleOf(samples: readonly Sample[], memories = 0): Uint8Array<ArrayBuffer> {
  return around(samples.flatMap(({ body }) => [body, [0x03, 0x40, ...body, ...AGAIN]]), memories);
}

/** Functions without parameters or results, exported by number, in a module that has all that samples need. */
export function around(bodies: readonly (readonly number[])[], memories = 0): Uint8Array<ArrayBuffer> {
  const pattern = Array.from({ length: 256 }, (_, index) => (index * 37 + 11) & 255);
  const given = [
    [0, 0x20, 0, 0x41, 1, 0x6a, 0x0b],
    [0, 0x41, 3, 0x41, 4, 0x0b],
    [0, 0x41, 9, 0x08, 0, 0x0b],
    [0, 0x41, 0, 0x41, 11, 0x36, 0, 0, 0x0b],
  ];
  return assemble({
    1: [[0x60, 0, 0], [0x60, 1, 0x7f, 1, 0x7f], [0x60, 0, 2, 0x7f, 0x7f], [0x60, 1, 0x7f, 0]],
    2: [[...name("host"), ...name("next"), 0, 1]],
    3: [[1], [2], [0], [0], ...bodies.map(() => [0])],
    4: [[0x70, 1, 10, 20], [0x70, 1, 5, 6]],
    5: Array.from({ length: Math.max(memories, 1) }, () => [1, ...leb(PAGES), ...leb(PAGES + 2)]),
    13: [[0, 3]],
    6: [[0x7f, 1, 0x41, 5, 0x0b], [0x7f, 0, 0x41, 2, ...(memories > 0 ? [0x41, 3, 0x6c, 0x41, 7, 0x6a, 0x41, 1, 0x6b] : []), 0x0b], [0x7e, 0, 0x42, 2, ...(memories > 0 ? [0x42, 3, 0x7e, 0x42, 7, 0x7c, 0x42, 1, 0x7d] : []), 0x0b], [0x70, 0, 0xd2, 1, 0x0b]],
    7: [[...name("m"), 2, 0], ...(memories > 1 ? [[...name("n"), 2, 1]] : []), ...bodies.map((_, index) => [...name(String(index)), 0, ...leb(index + 5)])],
    9: [[0, 0x41, 0, 0x0b, 4, 1, 0, 2, 4], [1, 0, 2, 1, 2], [3, 0, 1, 1], [5, 0x70, 2, 0xd2, 1, 0x0b, 0xd0, 0x70, 0x0b]],
    12: [leb(2)],
    10: [...given, ...bodies.map((body) => [1, 2, 0x7f, ...body, 0x0b])],
    11: [[0, 0x41, 0, 0x0b, ...leb(256), ...pattern], [1, 4, 1, 2, 3, 4]],
  });
}

/** What becomes of each function, one after the other: how it ends, and all memory. */
export function* outcomes(bytes: Uint8Array<ArrayBuffer>, count: number): Generator<readonly [ended: string, memory: readonly Uint8Array[]]> {
  const imports = { host: { next: (value: number) => value + 1 }, isopod: { tick: (kind: number) => (kind === 0 ? 1e6 : 1) } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
  for (let index = 0; index < count; index++) {
    let ended = "returns";
    try {
      (exports[index] as () => void)();
    } catch (error) {
      ended = error instanceof Error ? error.message : "throws";
      if (error instanceof Error === false) ended = Object.prototype.toString.call(error);
    }
    yield [ended, ["m", "n"].flatMap((memory) => (exports[memory] ? [new Uint8Array((exports[memory] as WebAssembly.Memory).buffer)] : []))];
  }
}

/** By instruction, how often it was run to the end; and where the hardened module did otherwise. */
export function compare(samples: readonly Sample[], memories = 0): { ran: Record<string, number>; differences: string[] } {
  const bytes = moduleOf(samples, memories);
  const count = samples.length * 2;
  const after = outcomes(harden(bytes, { memory: 2 ** 32, tables: Infinity }), count);
  const ran: Record<string, number> = {};
  const differences: string[] = [];
  let index = 0;
  for (const [ended, memory] of outcomes(bytes, count)) {
    const { key } = samples[index >> 1]!;
    const [then, hardened] = after.next().value as readonly [string, readonly Uint8Array[]];
    if (ended !== then || memory.some((one, which) => different(one, hardened[which]!))) differences.push(`${key} (${index}): ${ended} / ${then}`);
    ran[key] = (ran[key] ?? 0) + (ended === "returns" ? 1 : 0);
    index++;
  }
  return { ran, differences };
}

function different(one: Uint8Array, other: Uint8Array): boolean {
  const [left, right] = [one, other].map(({ buffer, byteLength }) => new BigUint64Array(buffer, 0, byteLength >> 3)) as [BigUint64Array, BigUint64Array];
  if (left.length !== right.length) return true;
  // All of it where it is small or may have been moved about; that is what the first words and a few behind tell.
  for (let index = 0; index < left.length; index += index < 64 ? 1 : 509) if (left[index] !== right[index]) return true;
  return false;
}
