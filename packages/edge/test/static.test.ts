import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

async function inputs(entry: string): Promise<string> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
    conditions: ["workerd"],
    external: ["*.wasm", "cloudflare:workers"],
    outdir: "out",
    logLevel: "error",
  });
  return Object.entries(Object.values(metafile.outputs)[0]!.inputs)
    .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []))
    .join("\n");
}

test("for static imports neither what hardens plugins nor what runs them elsewhere is bundled", async () => {
  const heavy = [/wasm\/harden\/emit/, /edge\/dist\/bundle\.js/];
  const all = await inputs("../dist/index.js");
  const few = await inputs("../dist/static.js");
  for (const piece of heavy) {
    expect(all).toMatch(piece);
    expect(few).not.toMatch(piece);
  }
  expect(few).toMatch(/core\/dist\/limiting/);
});
