// What keeps this folder pleasant, held against its files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const read = (name: string): string => readFileSync(join(SRC, name), "utf8");

test("short files: half under 80 lines, none over 350", () => {
  const lengths = files.map((name) => read(name).trimEnd().split("\n").length).toSorted((a, b) => a - b);
  expect(lengths.at(-1)).toBeLessThanOrEqual(350);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
});

test("what runs inside of other runtimes imports nothing of Node", () => {
  const inside = files.filter((name) => /test[\\/]inside/.test(name));
  expect(inside.length).toBeGreaterThan(3);
  expect(inside.filter((name) => /from "node:|from "@isopod\/node/.test(read(name)))).toEqual([]);
});
