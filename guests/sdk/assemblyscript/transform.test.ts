import { readdirSync, readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { expect, test, vi } from "vitest";
import { createHost } from "../../../packages/node/src/index.ts";
import IsopodTransform from "./transform.mjs";

// The compiler takes a second to start.
vi.setConfig({ testTimeout: 60_000 });

const lib = new URL("lib/isopod/", import.meta.url);
const library = Object.fromEntries(readdirSync(lib).map((name) => [`isopod/${name}`, readFileSync(new URL(name, lib), "utf8")]));

/** As in a browser: no files but those in memory. The module, or what the compiler said. */
async function compile(files: Record<string, string>, runtime = "minimal"): Promise<WebAssembly.Module | string> {
  const all: Record<string, string> = { ...library, ...files };
  const written: Record<string, Uint8Array> = {};
  let said = "";
  const { error } = await asc.main(["plugin.ts", "--outFile", "out.wasm", "--runtime", runtime, "--lib", "lib"], {
    transforms: [IsopodTransform],
    stderr: { write: (text) => void (said += String(text)) },
    readFile: (name) => all[name] ?? null,
    listFiles: () => [],
    writeFile: (name, contents) => void (written[name] = contents as Uint8Array),
  });
  return error ? `${error.message}\n${said}` : new WebAssembly.Module(written["out.wasm"] as Uint8Array<ArrayBuffer>);
}

const names = (module: WebAssembly.Module | string): string[] => (module instanceof WebAssembly.Module ? WebAssembly.Module.exports(module).map(({ name }) => name) : [module]);
const imports = (module: WebAssembly.Module | string): string[] => (module instanceof WebAssembly.Module ? WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from} ${name}`) : [module]);

test("exported functions are operations, other exports are not, and only what is used is imported", async () => {
  const module = await compile({ "plugin.ts": `export const VERSION = "1"; class Own {} export class Shared extends Own {} export function a(text: string): string { return text; } export function b(): void {}` });
  expect(names(module)).toEqual(["a", "b", "memory"]);
  expect(imports(module).filter((name) => !name.startsWith("extism:host/env "))).toEqual([]);
  expect(imports(module).some((name) => /log_|config_/.test(name))).toBe(false);
});

test("host functions may be declared in any file, and shared", async () => {
  const module = await compile({
    "plugin.ts": `import { twice } from "./other"; import { find } from "./other"; export function a(text: string): Uint8Array { return find(twice(text)); }`,
    "other.ts": `declare function say(text: string): void; export declare function find(text: string): Uint8Array; export function twice(text: string): string { say(text); return text + text; }`,
  });
  expect(imports(module)).toEqual(expect.arrayContaining(["extism:host/user say", "extism:host/user find"]));
});

test("a declaration with a decorator of its own is left alone", async () => {
  const module = await compile({ "plugin.ts": `@external("env", "raw") declare function raw(a: i32): i32; export function a(): void { raw(1); }` });
  expect(imports(module)).toContain("env raw");
});

test.each(["minimal", "incremental"])("a throw deep down fails the call and nothing else, with the runtime %s", async (runtime) => {
  const module = await compile({
    "plugin.ts": `
      let calls = 0;
      class Node { constructor(public text: string, public next: Node | null) {} }
      function deep(n: i32, above: Node): string {
        if (n == 0) throw new Error("too deep: " + above.text);
        const own = new Node(above.text + "x", above);
        return deep(n - 1, own) + own.text;
      }
      export function fail(text: string): string { calls++; return deep(20, new Node(text, null)); }
      export function outside(): Uint8Array { return new Uint8Array(-1); }
      export function count(): string { return calls.toString(); }`,
  }, runtime);
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(module as WebAssembly.Module);
  for (let call = 0; call < 2000; call++) await expect(plugin.call("fail", "é")).rejects.toMatchObject({ code: "guest_error", message: `too deep: é${"x".repeat(20)}` });
  await expect(plugin.call("outside")).rejects.toMatchObject({ code: "guest_error", message: "Invalid length" });
  expect(await plugin.call("count", "", { as: "text" })).toBe("2000");
  await host.dispose();
});

test("calls that fail leave no memory behind", async () => {
  const module = await compile({ "plugin.ts": `export function fail(text: string): void { throw new Error("no"); } export function pages(): string { return memory.size().toString(); }` });
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(module as WebAssembly.Module);
  const text = "x".repeat(2 ** 20);
  for (let call = 0; call < 40; call++) await expect(plugin.call("fail", text)).rejects.toMatchObject({ code: "guest_error" });
  // Each had two megabytes of UTF-16, which are 32 pages.
  expect(Number(await plugin.call("pages", "", { as: "text" }))).toBeLessThan(10 * 32);
  await host.dispose();
});

test("operations and host functions may have the names of what the kit uses", async () => {
  const like = ["output", "finish", "inputText", "inputBytes", "author0"];
  const module = await compile({ "plugin.ts": `declare function free(text: string): string; declare function blockOf(text: string): string; ${like.map((name) => `export function ${name}(text: string): string { return blockOf(free(text)); }`).join("\n")}` });
  expect(names(module)).toEqual([...like, "memory"]);
  expect(imports(module)).toEqual(expect.arrayContaining(["extism:host/user free", "extism:host/user blockOf"]));
});

test.each([
  ["a number", "export function a(text: string): i32 { return 1; }", /plugin\.ts:1: a returns i32; what crosses is string or Uint8Array/],
  ["two parameters", "\nexport function a(x: string, y: string): void {}", /plugin\.ts:2: a has more than one parameter/],
  ["a host function that takes a number", "declare function f(n: i32): void; export function a(): void { f(1); }", /f takes i32/],
  ["nothing exported", "function a(): void {}", /no operation: export a function/],
  ["a list of exports", "function a(): void {} export { a };", /write "export function/],
])("refused, in words: %s", async (_what, source, words) => {
  expect(await compile({ "plugin.ts": source })).toMatch(words);
});
