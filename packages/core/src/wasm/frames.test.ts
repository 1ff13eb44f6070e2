import { expect, test } from "vitest";
import { frames } from "./frames.ts";

/** One import, five functions of the module's own, then those that hardening adds. */
const numbers = (index: number): number | undefined => (index > 6 ? undefined : index > 1 ? index - 1 : index);

const stacks: Record<string, [stack: string, seen: string[]]> = {
  "V8, named": ["RuntimeError: unreachable\n    at isopod refill (wasm://wasm/a1:wasm-function[7]:0x9)\n    at inner (wasm://wasm/a1:wasm-function[2]:0x51)\n    at outer (wasm://wasm/a1:wasm-function[3]:0x58)\n    at run (file:///app.js:1:2)", ["inner", "outer"]],
  "V8, unnamed": ["RuntimeError: unreachable\n    at wasm://wasm/a1:wasm-function[7]:0x9\n    at wasm://wasm/a1:wasm-function[2]:0x51\n    at async run (file:///app.js:1:2)", ["function 1"]],
  "SpiderMonkey": ["inner@https://example.com/:wasm-function[2]:0x51\n@https://example.com/:wasm-function[3]:0x58\nrun@https://example.com/app.js:1:2", ["inner", "function 2"]],
  "JavaScriptCore": ["<?>.wasm-function[inner]@[wasm code]\n<?>.wasm-function[3]@[wasm code]\nrun@https://example.com/app.js:1:2", ["inner", "function 2"]],
  "none": ["Error: no\n    at run (file:///app.js:1:2)", []],
};

test.each(Object.entries(stacks))("%s", (_, [stack, seen]) => expect(frames(stack, numbers)).toEqual(seen));

test("names are cut, and take no more time than they are long", () => {
  const hostile = (name: string): string[] => frames(`Error\n    at ${name} (wasm://wasm/a1:wasm-function[2]:0x1)`, numbers);
  expect(hostile("x".repeat(1000))).toEqual(["x".repeat(256)]);
  const begun = performance.now();
  for (const name of ["wasm-function[", "at x", " at (", "<@"]) hostile(name.repeat(400_000 / name.length));
  expect(performance.now() - begun).toBeLessThan(2000);
});

test("of a stack that ran out the first sixteen", () => {
  expect(frames("at f (wasm://wasm/a1:wasm-function[2]:0x1)\n".repeat(9000), numbers)).toHaveLength(16);
});
