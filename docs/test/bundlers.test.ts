import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { docs, ground } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

const MAIN = (adapter: string) => `import { createHost } from "@isopod/${adapter}";
import plugin from "./slugify.wasm?plugin";
const slugify = await createHost().load(plugin.source, plugin.options);
console.log(await slugify.call("slugify", "Hello", { as: "text" }));
export default slugify;
`;

/** How the command of each is called, with its configuration where it looks for it; and what it builds for. */
const commands = {
  vite: ["browser", "vite/bin/vite.js", "build", "--config", "vite.config.js"],
  rollup: ["node", "rollup/dist/bin/rollup", "--config", "rollup.config.js", "--silent"],
  rolldown: ["node", "rolldown/bin/cli.mjs", "--config", "rolldown.config.js"],
} as const;

/** A project with one plugin, one script, and the configuration that the page shows. */
async function project(name: string, adapter: string): Promise<string> {
  const folder = join(await ground("build"), name);
  await rm(folder, { recursive: true, force: true }); // what an earlier version built is called something else
  await mkdir(folder, { recursive: true });
  await copyFile(join(folder, "../slugify.wasm"), join(folder, "slugify.wasm"));
  await copyFile(join(docs, "snippets/build", `${name}.config.js`), join(folder, `${name}.config.js`));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, "main.js"), MAIN(adapter));
  await writeFile(join(folder, "index.html"), '<script type="module" src="./main.js"></script>');
  return folder;
}

/** The plugin's own bytes are there beside the script, under a name of the bundler's; for workerd, which hardens nothing, hardened ones. */
async function emitted(folder: string, adapter = "browser"): Promise<void> {
  const names = (await readdir(join(folder, "dist"), { recursive: true })).filter((name) => name.endsWith(".wasm") && !name.includes("kernel"));
  expect(names.length).toBe(1);
  const original = await readFile(join(folder, "slugify.wasm"));
  const bytes = await readFile(join(folder, "dist", names[0]!));
  if (adapter === "edge") expect(WebAssembly.Module.customSections(new WebAssembly.Module(new Uint8Array(bytes)), "isopod").map((section) => Buffer.from(section).toString())).toEqual([expect.stringContaining(createHash("sha256").update(original).digest("base64"))]);
  else expect(bytes).toEqual(original);
}

test.each(Object.entries(commands))("%s builds by the configuration that the page shows", async (name, [adapter, bin, ...args]) => {
  const folder = await project(name, adapter);
  const [module = ""] = bin.split("/");
  const root = join(createRequire(join(docs, "x.js")).resolve(`${module}/package.json`), "..");
  const { status, stderr } = spawnSync(process.execPath, [join(root, bin.slice(module.length + 1)), ...args], { cwd: folder, encoding: "utf8" });
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
  await emitted(folder);
  if (adapter === "node") expect(spawnSync(process.execPath, ["dist/main.js"], { cwd: folder, encoding: "utf8" }).stdout).toBe("hello\n");
});

test("esbuild builds by the configuration that the page shows", async () => {
  const folder = await project("esbuild", "edge");
  const { default: config } = await import(pathToFileURL(join(folder, "esbuild.config.js")).href);
  const { build } = await import("esbuild");
  await build({ ...config, absWorkingDir: folder, external: ["cloudflare:workers"], logLevel: "error" });
  await emitted(folder, "edge");
});

test.each(["webpack", "rspack"] as const)("%s builds by the configuration that the page shows", async (name) => {
  const folder = await project(name, "browser");
  const { default: config } = await import(pathToFileURL(join(folder, `${name}.config.js`)).href);
  const start = name === "webpack" ? (await import("webpack")).default : (await import("@rspack/core")).rspack;
  const compiler = (start as (config: object) => { run(done: (error: unknown, stats: { hasErrors(): boolean; toString(): string }) => void): void })({ ...config, optimization: { minimize: false }, context: folder, output: { ...config.output, path: join(folder, "dist") } });
  const stats = await promisify(compiler.run.bind(compiler))();
  expect(stats!.hasErrors() ? String(stats) : "").toBe("");
  await emitted(folder);
});
