/** What keeps this folder pleasant, held against its files. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"));
const sources = files.filter((name) => !name.match(/\.(?:test|fixture)\.ts$/));
const read = (name: string): string => readFileSync(join(SRC, name), "utf8");

/** From what stands alone to what sees everything; what shares a line may import each other. */
const LEVELS = [
  ["errors.ts", "memory", "wasm", "source"],
  ["contract", "capability", "limits", "wait"],
  ["abi"],
  ["pool"],
  ["isolate"],
  ["carrying.ts", "debugging.ts", "host.ts", "limiting.ts", "options.ts", "runtime.ts", "swap.ts"],
  ["index.ts", "lean.ts", "spi.ts", "testing"],
];

/** Imports that go up. None should be here; one that is here and no longer needed fails. */
const UPWARD = ["contract/operations.ts → options.ts", "contract/plugin.ts → isolate/place.ts", "contract/set.ts → options.ts"];

const level = (name: string): number => LEVELS.findIndex((names) => names.includes(name.split("/")[0]!));

const imports = sources.flatMap((from) =>
  [...read(from).matchAll(/^(?:import|export) [^;]*?from "(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm)].map(([, by, dynamic]) => ({ from, to: normalize(join(dirname(from), (by ?? dynamic)!)).replaceAll("\\", "/") })),
);

test("imports run one way", () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(sources.filter((name) => level(name) < 0 && name !== "globals.d.ts")).toEqual([]);
  expect(imports.filter(({ to }) => level(to) < 0)).toEqual([]);
  expect(imports.filter(({ from, to }) => level(to) > level(from)).map(({ from, to }) => `${from} → ${to}`)).toEqual(UPWARD);
});

test("an ABI never imports another", () => {
  const abi = (name: string): string | undefined => /^abi\/([^/]+)\//.exec(name)?.[1];
  expect(imports.filter(({ from, to }) => abi(from) && abi(to) && abi(from) !== abi(to))).toEqual([]);
});

test("only relative imports: core depends on nothing", () => {
  for (const name of sources) expect([name, /^(?:import|export) [^;]*?from "(?!\.)|^import "/m.test(read(name))]).toEqual([name, false]);
});

test("no state in modules", () => {
  const state = /^(?:export )?(?:let|var)\b|^(?:export )?const \w+(?:: [^=]+)? = (?:\/\*.*?\*\/ )?new (?:Map|Set|WeakMap|WeakSet|Array|Int32Array)\b/m;
  expect(sources.filter((name) => state.test(read(name)))).toEqual([]);
});

test("no file of more than 350 lines, and half have less than 130", () => {
  const lengths = files.map((name) => ({ name, lines: read(name).trimEnd().split("\n").length })).toSorted((a, b) => a.lines - b.lines);
  expect(lengths.filter(({ lines }) => lines > 350)).toEqual([]);
  expect(lengths[Math.floor(lengths.length / 2)]!.lines).toBeLessThanOrEqual(130);
});

test("no unfinished business", () => {
  const left = new RegExp(["TO" + "DO", "FIX" + "ME", "\\b(?:test|it|describe)\\.(?:skip|only|todo)\\b"].join("|"));
  expect(files.filter((name) => left.test(read(name)))).toEqual([]);
});
