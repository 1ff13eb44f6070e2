import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeApp, rules, type App } from "./app.ts";
import { bundlers } from "./bundlers.ts";
import { inNode } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Letters that mean something in an address, and what bundlers themselves take for the end of a path. */
const PLAIN = "C++ & ü 100%41 $1";
const HASH = `${PLAIN} c#`;
const BOTH = `${HASH} what?`;
const FOLDERS: Readonly<Record<string, string>> = { vite: PLAIN, webpack: HASH, rspack: HASH };

const ENTRY = `import { readFile } from "node:fs/promises";
import plugin from "./plugins/rules.wasm?plugin";
const bytes = plugin.source instanceof URL ? await readFile(plugin.source) : plugin.source;
console.log(JSON.stringify({ size: bytes.length, told: plugin.size }));
`;

let app: App;
beforeAll(async () => {
  app = await makeApp("node");
  for (const folder of [PLAIN, HASH, BOTH]) {
    await app.write(`${folder}/entry.js`, ENTRY);
    await app.write(`${folder}/plugins/rules.wasm`, await rules(42));
  }
});
afterAll(() => app.remove());

test.each(Object.keys(bundlers))("%s finds a plugin in a folder of any name", async (bundler) => {
  const root = join(app.root, FOLDERS[bundler] ?? BOTH);
  const out = join(root, `dist-${bundler}`);
  const script = await bundlers[bundler]!({ ...app, root }, "node", out);
  expect(await readFile(join(out, script), "utf8")).not.toContain("isopod-file:");
  expect(await inNode(out, script)).toEqual({ size: 39, told: 39 });
});
