import { within } from "../assert.ts";
import type { Attack } from "./attack.ts";
import { build, text } from "./binary.ts";
import { leb, unreachable } from "./code.ts";
import { BOUND_MS, failing } from "./judge.ts";
import { generator } from "./random.ts";

const MANY = 1_000_000;
const bytes = (words: string): number[] => [...words].map((letter) => letter.charCodeAt(0));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const noise = (seed: number): number[] => {
  const random = generator(seed);
  return Array.from({ length: 400 }, () => random(256));
};

/** One unit of `.debug_line`: what its head says of itself, and what comes behind it. */
function unit(version: number, tables: readonly number[], program: readonly number[], size?: number): number[] {
  const head = [1, ...(version > 3 ? [1] : []), 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, ...tables];
  const rest = [version, 0, ...(version > 4 ? [4, 0] : []), ...four(head.length), ...head, ...program];
  return [...four(size ?? rest.length), ...rest];
}

const four = (value: number): number[] => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];
const FILES = [0, ...bytes("a.c"), 0, 0, 0, 0, 0];

/** What debug information may hold, by its section: counts that lie, rows without end, addresses of others, nothing that makes sense. */
const LIES: readonly (readonly [section: string, contents: () => readonly number[]])[] = [
  [".debug_line", () => zeros(MANY)],
  [".debug_line", () => unit(4, FILES, zeros(MANY).fill(200))],
  [".debug_line", () => unit(4, FILES, [0, 5, 2, 9, 0, 0, 0, 1, ...zeros(MANY).fill(18)])],
  [".debug_line", () => unit(4, FILES, [], 0xffff_fff0)],
  [".debug_line", () => unit(5, [0, ...leb(0xffff_ffff), 0, ...leb(0xffff_ffff)], [])],
  [".debug_line", () => unit(5, [1, 1, 0x1f, ...leb(MANY), ...zeros(MANY)], [])],
  [".debug_line", () => unit(5, [1, 1, 0x0b, 0, 1, 2, 0x0b, ...leb(MANY), ...zeros(MANY)], [])],
  ...[1, 2, 3, 4, 5].map((seed) => [".debug_line", () => unit(seed, noise(seed), noise(seed + 10))] as const),
  ["sourceMappingURL", () => text("https://attacker.example/plugin.wasm.map")],
  ["sourceMappingURL", () => text("file:///etc/passwd")],
  ["sourceMappingURL", () => text("data:application/json,{")],
  ["sourceMappingURL", () => text("data:application/json,%")],
  ["sourceMappingURL", () => text(`data:application/json,${"[".repeat(200_000)}`)],
  ["sourceMappingURL", () => text(`data:application/json,{"sources":["__proto__"],"mappings":"${"CAAC,".repeat(100_000)}"}`)],
  ["sourceMappingURL", () => text(`data:application/json,{"sources":[${"[],".repeat(MANY / 4)}0],"mappings":"A"}`)],
  ["sourceMappingURL", () => text("data:application/json,null")],
  ["sourceMappingURL", () => leb(0xffff_ffff)],
  ["name", () => [1, ...leb(9), ...leb(0xffff_ffff), 0, 0, 0, 0]],
];

/** What a plugin says of its source is looked at after it broke off, and only for who asked: it must change nothing but the words. */
export const debugAttacks: readonly Attack[] = [
  {
    name: "debug: line tables and source maps that lie",
    expected: "each call is a trap, with lines or without",
    speaks: ["plain", "limits"],
    ours: true,
    needs: ["compile"],
    run: async (target) => {
      const seen = new Set<string>();
      for (const [name, contents] of LIES) {
        const plugin = (): Uint8Array => build({ functions: [{ as: "run", results: "i32", body: [unreachable] }], custom: [{ name, contents: contents() }] });
        const victim = await target.load({ name: "debug", bytes: plugin }, { debug: true });
        for (let call = 0; call < 2; call++) seen.add(await failing(target, within(BOUND_MS, victim.call("run", [])), "trap"));
        await victim.dispose();
      }
      return `${LIES.length} lies: ${[...seen].join(", ")}`;
    },
  },
];
