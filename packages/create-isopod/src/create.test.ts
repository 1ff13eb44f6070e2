import { execFile, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, lstat, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi, type ExpectStatic } from "vitest";
import { create } from "./create.ts";
import { HOSTS, LANGUAGES, type Host, type Language } from "./options.ts";

// Compilers and bundlers are started for real.
vi.setConfig({ testTimeout: 180_000 });

const run = promisify(execFile);
const installed = fileURLToPath(new URL("../node_modules/", import.meta.url));
const vite = join(installed, "vite/bin/vite.js");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "create-isopod-")));
  // Projects may lie within somebody's workspace of Rust.
  await writeFile(join(root, "Cargo.toml"), "[workspace]\nmembers = []\n");
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** What `npm install` would put there, and nothing that package.json does not name. */
async function install(project: string): Promise<void> {
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(project, "package.json"), "utf8")) as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const manifest = JSON.parse(await readFile(join(installed, name, "package.json"), "utf8")) as { version: string };
    expect(`${name} ${version}`).toBe(`${name} ${manifest.version}`);
    await mkdir(dirname(join(project, "node_modules", name)), { recursive: true });
    await symlink(join(installed, name), join(project, "node_modules", name), "junction");
  }
  await symlink(join(installed, ".bin"), join(project, "node_modules/.bin"), "junction");
}

/** A PATH whose cargo builds for wasm, if this machine has one: Debian's may stand behind another. npm has none. */
const rust = [process.env["PATH"] ?? "", `/usr/bin${delimiter}${process.env["PATH"]}`].find((PATH) => {
  const ask = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: "utf8", env: { ...process.env, PATH } });
  const library = ask("rustc", "--print", "target-libdir", "--target", "wasm32-unknown-unknown");
  return ask("cargo", "--version").status === 0 && library.status === 0 && existsSync(library.stdout.trim());
});

async function script(project: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...(rust !== undefined && { PATH: rust }) };
  const { stdout } = await run(npm, ["run", "--silent", ...args], { cwd: project, env, shell: process.platform === "win32" });
  return stdout.trim();
}

const node = async (project: string, ...args: string[]) => (await run(process.execPath, args, { cwd: project })).stdout.trim();

/** A project of its own for each, so that each is shown to name all that it needs. */
async function project(language: Language, host: Host, name = `${language}-${host}`): Promise<string> {
  const dir = join(root, name);
  await create({ dir, language, host });
  await install(dir);
  return dir;
}

/** Building takes seconds, and gives the same file for every host. */
async function withPlugin(language: Language, host: Host, built: string): Promise<string> {
  const dir = await project(language, host);
  await copyFile(join(built, "plugin/slugify.wasm"), join(dir, "plugin/slugify.wasm"));
  return dir;
}

describe.concurrent.each(LANGUAGES)("a plugin in %s", (language) => {
  test("is built, run and tested in every host", async ({ expect }) => {
    const inNode = await project(language, "node");
    if (language === "rust" && rust === undefined) return void (await expect(script(inNode, "start")).rejects.toMatchObject({ stderr: expect.stringMatching(MISSING) as unknown }));
    expect(await script(inNode, "start")).toBe("hello-world");
    expect(await node(inNode, join(installed, "@isopod/cli/dist/bin.js"), "test", "plugin/slugify.wasm", "plugin/cases.json", "--only", "node-inline")).toMatch(/3 passed/);

    const onEdge = await withPlugin(language, "edge", inNode);
    await mkdir(join(onEdge, "edge/dist"));
    await writeFile(join(onEdge, "edge/dist/slugify-BEFORE.wasm"), "of the build before");
    await node(onEdge, "edge/build.mjs");
    expect((await readdir(join(onEdge, "edge/dist"))).filter((name) => /^slugify.*\.wasm$/.test(name))).toEqual([expect.not.stringMatching("BEFORE")]);
    if (language !== "wat") expect(await node(onEdge, "edge/serve.mjs", "--once")).toBe("hello-world"); // that one is below

    const inBrowser = await withPlugin(language, "browser", inNode);
    await node(inBrowser, vite, "build", "browser");
    expect(await readdir(join(inBrowser, "browser/dist/assets"))).toContainEqual(expect.stringMatching(/^slugify-.*\.wasm$/));
    if (language === "assemblyscript") await served(inBrowser, expect);
  });
});

/** One line that says what to install. */
const MISSING = /^(?:cargo is missing|Rust has no wasm32-unknown-unknown yet): .*rustup target add wasm32-unknown-unknown \(on Debian: apt-get install [\w -]+\)\n$/;

test("a machine without Rust, or without its target, is told in one line what to install", async () => {
  const dir = await project("rust", "node", "rust-bare");
  const bare = join(root, "bare");
  await mkdir(bare);
  const build = () => spawnSync(process.execPath, ["plugin/build.mjs"], { cwd: dir, encoding: "utf8", env: { PATH: bare } });
  expect(build()).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(/^cargo is missing/) as unknown });
  expect(build().stderr).toMatch(MISSING);
  for (const name of ["cargo", "rustc"]) await writeFile(join(bare, name), "#!/bin/sh\necho /nowhere\n", { mode: 0o755 });
  expect(build().stderr).toMatch(MISSING);
  expect(build().stderr.startsWith("Rust has no wasm32")).toBe(process.platform !== "win32"); // which runs no such scripts
  expect(await readdir(join(dir, "plugin"))).not.toContain("slugify.wasm");
});

test("one command builds the plugin and runs the app on the edge", async () => {
  const dir = await project("wat", "all"); // the fastest to build
  expect((await readdir(dir)).sort()).toEqual([".gitignore", "README.md", "browser", "edge", "node", "node_modules", "package.json", "plugin"]);
  expect(await script(dir, "start:edge", "--", "--once")).toBe("hello-world");
});

test.each(HOSTS)("npm start runs the app: %s", async (host) => {
  const dir = join(root, `start-${host}`);
  await create({ dir, language: "c", host });
  const { scripts } = JSON.parse(await readFile(join(dir, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const main = host === "all" ? "node" : host;
  expect(scripts.start).toBe(`npm run start:${main}`);
  expect(scripts[`start:${main}`]).toMatch(/^npm run build(?::edge)? && /);
});

test.each<[Language, string, string, RegExp]>([
  ["assemblyscript", "plugin/slugify.ts", 'let slug = "";', /in \S*slugify\S* \(\S*slugify\.ts:3:\d+\)/],
  ["c", "plugin/slugify.c", "Buffer slug = { 0 };", /slugify\S* \(\S*slugify\.c:5:\d+\)/],
  ["wat", "plugin/slugify.wat", "(local.set $out (call $malloc (local.get $n)))", /in slugify: unreachable/],
])("what is built for debugging says where a trap was: %s", async (language, file, line, where) => {
  const dir = await project(language, "node", `debug-${language}`);
  const traps = { assemblyscript: "unreachable();", c: "__builtin_trap();", wat: "(unreachable)", rust: "" }[language];
  const source = await readFile(join(dir, file), "utf8");
  expect(source).toContain(line);
  await writeFile(join(dir, file), source.replace(line, `${traps}${line}`));
  await script(dir, "build:debug");
  await expect(node(dir, join(installed, "@isopod/cli/dist/bin.js"), "call", "plugin/slugify.wasm", "slugify", "x")).rejects.toMatchObject({ stderr: expect.stringMatching(where) as unknown });
});

/** Vite's server, in development: the page's plugin, and the host beside its worker. */
async function served(dir: string, expect: ExpectStatic): Promise<void> {
  const server = spawn(process.execPath, [vite, "browser", "--host", "127.0.0.1", "--port", "0"], { cwd: dir, env: { ...process.env, NO_COLOR: "1" } });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      server.stdout.setEncoding("utf8").on("data", (text) => {
        const found = /http:\/\/\S+/.exec((said += text));
        if (found) resolve(found[0]);
      });
      server.once("exit", () => reject(new Error(said)));
    });
    const page = await (await fetch(new URL("main.js", address))).text();
    const imported = (name: RegExp) => [...page.matchAll(/from "([^"]+)"/g)].map(([, from]) => from!).find((from) => name.test(from)) ?? "";
    expect(await (await fetch(new URL(imported(/slugify\.wasm/), address))).text()).toContain("sha256-");
    expect(imported(/browser\/.*index\.js/)).toMatch(/^\/@fs\//);
  } finally {
    server.kill();
  }
}

test("a folder with something in it is left as it is", async () => {
  const dir = join(root, "taken");
  await mkdir(dir);
  await writeFile(join(dir, "mine.txt"), "mine");
  await expect(create({ dir, language: "c", host: "node" })).rejects.toThrow("must be a new or an empty folder");
  expect(await readdir(dir)).toEqual(["mine.txt"]);
  await expect(create({ dir: join(dir, "mine.txt"), language: "c", host: "node" })).rejects.toThrow("must be a folder, and is a file");
});

test("an empty folder is used, and nothing is left beside it", async () => {
  const dir = join(root, "within/empty");
  await mkdir(dir, { recursive: true });
  await create({ dir, language: "c", host: "node" });
  expect(await readdir(join(root, "within"))).toEqual(["empty"]);
  expect(JSON.parse(await readFile(join(dir, "package.json"), "utf8"))).toMatchObject({ name: "empty", private: true });
});

test("a folder keeps its place and its rights: somebody may stand in it, or come to it by a link", async () => {
  const [usual, there, link, fresh] = ["usual", "there", "link", "fresh"].map((name) => join(root, "places", name)) as [string, string, string, string];
  for (const dir of [usual, there]) await mkdir(dir, { recursive: true });
  await symlink(there, link, "junction");
  const before = await stat(there);
  await create({ dir: link, language: "c", host: "node" });
  expect([(await stat(there)).ino, (await lstat(link)).isSymbolicLink()]).toEqual([before.ino, true]);
  expect(await readdir(there)).toContain("package.json");
  await create({ dir: fresh, language: "c", host: "node" });
  expect((await stat(fresh)).mode).toBe((await stat(usual)).mode);
});

test("what cannot be written leaves nothing", async () => {
  const parent = join(root, "half");
  await expect(create({ dir: join(parent, "project"), language: "none" as "c", host: "node" })).rejects.toThrow("plugin-none");
  expect(await readdir(parent)).toEqual([]);
  await mkdir(join(parent, "empty"));
  await expect(create({ dir: join(parent, "empty"), language: "none" as "c", host: "node" })).rejects.toThrow("plugin-none");
  expect(await readdir(join(parent, "empty"))).toEqual([]);
});
