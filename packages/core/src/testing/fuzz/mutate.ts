import { join } from "../attacks/binary.ts";
import { block, call, drop, fill, forever, grow, i32, i64, leb, load, loop, memorySize, set, signed, store, times, unreachable, get, type Code } from "../attacks/code.ts";
import { ALIKE, instructions } from "./instructions.ts";
import { afterLocals, assemble, assembleBodies, bodies, sections, type Part } from "./parts.ts";

type Random = (below: number) => number;

/** Numbers at which something changes. */
const EDGES: readonly number[] = [0, 1, -1, 2, 7, 8, 63, 64, 255, 256, 1024, 65_535, 65_536, 65_537, 131_071, 2 ** 20, 0x7fff_ffff, -0x8000_0000, -8, -65_536];

/**
 * Changes a module in one to four places. Most changes keep it valid, because what an engine refuses tests little; a few
 * are to its frame, or to any byte at all.
 */
export function mutate(module: Uint8Array, random: Random): Uint8Array {
  let changed = module;
  for (let left = 1 + random(4); left > 0; left--) changed = once(changed, random);
  return changed;
}

function once(module: Uint8Array, random: Random): Uint8Array {
  const parts = sections(module);
  if (!parts || parts.length === 0) return flipped(module, random);
  const pick = random(100);
  if (pick < 84) return inCode(parts, random) ?? flipped(module, random);
  if (pick < 90) return inData(parts, random) ?? flipped(module, random);
  if (pick < 97) return inFrame(parts, random);
  return flipped(module, random);
}

function flipped(module: Uint8Array, random: Random): Uint8Array {
  const changed = module.slice();
  if (changed.length > 8) changed[8 + random(changed.length - 8)]! ^= 1 << random(8);
  return changed;
}

/** Code that leaves the stack as it found it, and so may stand between any two instructions. */
function snippet(random: Random): Code {
  const edge = (): number => EDGES[random(EDGES.length)]!;
  const place = random(70_000);
  const all: readonly (() => Code)[] = [
    () => [0x01],
    () => [i32(edge()), drop],
    () => [i64(BigInt(edge()) << 32n), drop],
    () => [i32(place), load(random(64)), drop],
    () => [i32(place), i32(edge()), store()],
    () => [i32(edge()), load(), drop],
    () => [memorySize, drop],
    () => [i32(random(4)), grow, drop],
    () => [i32(edge()), grow, drop],
    () => [i32(random(60_000)), i32(random(256)), i32(random(2000)), fill],
    () => [i32(edge()), i32(1), i32(edge()), fill],
    () => block(block(i32(random(2)), 0x0d, 1)),
    () => loop([i32(0), 0x0d, 0]),
    () => block(i32(random(3)), 0x0e, 1, 0, 0),
    () => [i32(random(8) === 0 ? 1 : 0), 0x04, 0x40, unreachable, 0x0b],
    () => [i32(random(6) === 0 ? 1 : 0), 0x04, 0x40, forever(), 0x0b],
    () => [i32(edge()), i32(edge()), 0x6a, drop],
    () => [i64(3n), i64(BigInt(edge())), 0x7e, drop],
    () => [call(random(12))],
    () => [get(random(4)), drop],
    () => [get(0), set(0)],
    () => times(0, 1 + random(500), [0x01]),
  ];
  return all[random(all.length)]!();
}

function inCode(parts: Part[], random: Random): Uint8Array | undefined {
  const code = parts.find(({ id }) => id === 10);
  const all = code && bodies(code.bytes);
  if (!all || all.length === 0) return undefined;
  const chosen = random(all.length);
  const body = all[chosen]!;
  const found = instructions(body, afterLocals(body), body.length);
  if (found.length === 0) return undefined;
  const swap = (from: number, to: number, put: readonly number[]): Uint8Array => {
    all[chosen] = join([body.subarray(0, from), put, body.subarray(to)]);
    code.bytes = assembleBodies(all);
    return assemble(parts);
  };
  // An instruction that the wanted change fits; a few tries, because any will do.
  for (let tries = 0; tries < 12; tries++) {
    const one = found[random(found.length)]!;
    const edge = EDGES[random(EDGES.length)]!;
    const kind = random(10);
    if (kind < 3) return swap(one.at, one.at, flat(snippet(random)));
    if (kind < 5) {
      const alike = ALIKE.find((codes) => codes.includes(one.code));
      const other = alike?.[random(alike.length)];
      // A load or store of fewer bytes may not claim the alignment of more.
      if (other !== undefined) return swap(one.at, one.at + (other >= 0x28 && other <= 0x3e ? 2 : 1), other >= 0x28 && other <= 0x3e ? [other, 0] : [other]);
    } else if (kind === 5 && (one.code === 0x41 || one.code === 0x42)) return swap(one.operand, one.end, signed(one.code === 0x41 ? edge | 0 : BigInt(edge) << BigInt(random(40))));
    else if (kind === 6 && one.code >= 0x28 && one.code <= 0x3e) return swap(one.operand + 1, one.end, leb(random(2) ? random(70_000) : edge >>> 0));
    else if (kind === 7 && one.code >= 0x20 && one.code <= 0x22) return swap(one.operand, one.end, leb(random(6)));
    else if (kind === 8 && (one.code === 0x0c || one.code === 0x0d)) return swap(one.operand, one.end, leb(random(4)));
    else if (kind === 9 && (one.code === 0x10 || one.code === 0x0b || random(8) === 0)) {
      // A run of instructions from elsewhere, or one less: mostly refused, which is a test as well.
      const other = found[random(found.length)]!;
      const last = found[Math.min(found.length - 1, found.indexOf(other) + random(6))]!;
      return random(2) ? swap(one.at, one.end, []) : swap(one.at, one.at, [...body.subarray(other.at, last.end)]);
    }
  }
  return swap(found[0]!.at, found[0]!.at, flat(snippet(random)));
}

function inData(parts: Part[], random: Random): Uint8Array | undefined {
  const data = parts.find(({ id }) => id === 11);
  if (!data || data.bytes.length < 8) return undefined;
  data.bytes = data.bytes.slice();
  for (let left = 1 + random(8); left > 0; left--) data.bytes[6 + random(data.bytes.length - 6)] = random(256);
  return assemble(parts);
}

function inFrame(parts: Part[], random: Random): Uint8Array {
  const chosen = random(parts.length);
  const custom = (): Part => ({ id: 0, bytes: Uint8Array.from([4, 110, 97, 109, 101, ...Array.from({ length: random(40) }, () => random(256))]) });
  switch (random(8)) {
    case 0: return assemble(parts, () => 5); // lengths as long as they may be written
    case 1: return assemble(parts.toSpliced(chosen, 0, parts[chosen]!));
    case 2: return assemble(parts.toSpliced(chosen, 1));
    case 3: return assemble(parts.toSpliced(chosen, 1).toSpliced(random(parts.length), 0, parts[chosen]!));
    case 4: return assemble(parts.toSpliced(parts.findIndex(({ id }) => id === 9 || id === 10), 0, { id: 8, bytes: Uint8Array.from(leb(random(20))) }));
    case 5: return assemble(parts.map((part) => (part.id === 5 ? { id: 5, bytes: Uint8Array.from([1, random(2), ...leb(random(3)), ...leb(random(200))]) } : part)));
    case 6: return assemble(parts.toSpliced(random(parts.length + 1), 0, custom()));
    default: {
      const part = parts[chosen]!;
      const bytes = part.bytes.slice();
      if (bytes.length > 0) bytes[0] = (bytes[0]! + random(3)) & 127;
      return assemble(parts.with(chosen, { id: part.id, bytes }));
    }
  }
}

function flat(code: Code): number[] {
  return code.flatMap((item) => (typeof item === "number" ? [item] : flat(item)));
}
