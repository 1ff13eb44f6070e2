import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 });

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = `import { createHost } from "../dist/index.js";
const host = createHost({ workers: 1 });
(async () => {
  const plugin = await host.load(${JSON.stringify(at("../../../guests/dist/sdk-slugify-c.wasm"))});
  console.log(plugin.info.isolation, await plugin.call("slugify", "Here!", { as: "text" }));
  await host.dispose();
})();`;

let folder: string;
beforeAll(async () => void (folder = await realpath(await mkdtemp(join(tmpdir(), "isopod-node-")))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What an application says whose bundle stands alone, in a folder that makes no modules of scripts. */
async function said(format: "esm" | "cjs"): Promise<string> {
  const outfile = join(folder, `app.${format === "esm" ? "mjs" : "cjs"}`);
  await build({ stdin: { contents: PROGRAM, resolveDir: at(".") }, outfile, bundle: true, format, platform: "node", logLevel: "silent" });
  return (await promisify(execFile)(process.execPath, [outfile])).stdout.trim();
}

test("a bundle without the script beside it has it as text", async () => {
  expect(await said("esm")).toBe("worker here");
});

test("so has a bundle in CommonJS, which knows no address", async () => {
  expect(await said("cjs")).toBe("worker here");
});

test("a program that is given as an argument starts workers, too", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", PROGRAM], { cwd: at(".") });
  expect(stdout.trim()).toBe("worker here");
});

test("the script that a bundler copies needs nothing around it", async () => {
  await cp(at("../dist/worker.mjs"), join(folder, "worker.mjs"));
  expect((await readFile(join(folder, "worker.mjs"), "utf8")).match(/\bfrom "(?!node:)[\w@.][^"]*"/g)).toBeNull();
  const before = await said("esm");
  await writeFile(join(folder, "worker.mjs"), 'throw new Error("that one is started")');
  await expect(said("esm")).rejects.toThrow("that one is started");
  expect(before).toBe("worker here");
});
