import { readFile } from "node:fs/promises";
import { transform } from "esbuild";
import { expect, test } from "vitest";

test("the worker's script imports nothing: no import map reaches it", async () => {
  const script = await readFile(new URL("../dist/worker.js", import.meta.url), "utf8");
  const { code } = await transform(script, { minify: true, format: "esm" });
  expect(code).not.toMatch(/\bimport\s*["'{*]|\bfrom\s*["']/);
  expect(code).toContain("addEventListener");
});
