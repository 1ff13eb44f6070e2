import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

test("the worker's script imports nothing: no import map reaches it", async () => {
  const script = fileURLToPath(new URL("../dist/worker.js", import.meta.url));
  const { metafile } = await build({ entryPoints: [script], bundle: true, format: "esm", external: ["*"], metafile: true, write: false });
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
  expect(await readFile(script, "utf8")).toContain("addEventListener");
});
