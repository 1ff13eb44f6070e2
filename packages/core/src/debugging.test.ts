import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { assemblyscript, debugging, limits, packed, plain, wasi } from "./lean.ts";
import type { Host, LoadOptions } from "./host.ts";
import { hotSwap, inline, inspectCoreModule, makeHost, Queue, type Limiting } from "./spi.ts";
import { wat } from "./wasm/harden/metered.fixture.ts";

const guest = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(`../../../guests/dist/${name}.wasm`, import.meta.url)));
const SUM = ["digit (conformance/c/lines.c:10:5)", "sum (conformance/c/lines.c:17:14)", "packed_sum (conformance/c/lines.c:22:28)"];

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

function host(limiting: Limiting | undefined = debugging(limits)): Host {
  const runtime = { abis: [packed([wasi, assemblyscript])], inspect: inspectCoreModule, limits: limiting, swapping: hotSwap(() => new Queue()), isolations: [inline(() => new Queue())], open: () => expect.unreachable() };
  const made = makeHost(runtime, {});
  hosts.push(made);
  return made;
}

const load = (options: LoadOptions, limiting?: Limiting): ReturnType<Host["load"]> => host(limiting).load(guest("lines-c"), options);
const trap = (frames: readonly string[], details: object = {}) => ({ code: "trap", message: `the plugin broke off in ${frames.join(" ← ")}: unreachable`, details: { frames, ...details }, cause: expect.any(WebAssembly.RuntimeError) });

test("every way to call says where", async () => {
  const plugin = await load({ debug: true });
  await expect(plugin.call("sum", "12x")).rejects.toMatchObject(trap(SUM));
  expect(() => plugin.callSync("sum", "x")).toThrow(expect.objectContaining(trap(SUM)));
  await expect(plugin.callMany("sum", ["12", "x"])).rejects.toMatchObject(trap(SUM, { index: 1 }));
  expect(await plugin.call("sum", "12", { as: "text" })).toBe("12");
});

const NAMES = ["digit", "sum", "packed_sum"];

test("a swap keeps it, but not a map", async () => {
  const plugin = await host().load(guest("lines-as"), { debug: { sources: ["mine.ts"], mappings: "AAgCO" } });
  await expect(plugin.call("mean", "")).rejects.toMatchObject({ details: { frames: ["lines/mean (mine.ts:33:8)"] } });
  await plugin.swap(guest("lines-c"));
  await expect(plugin.call("sum", "x")).rejects.toMatchObject(trap(SUM));
  await plugin.swap(guest("lines-c"), { debug: false });
  await expect(plugin.call("sum", "x")).rejects.toMatchObject(trap(NAMES));
  await expect(plugin.swap(guest("lines-c"), { debug: 7 as never })).rejects.toMatchObject({ code: "invalid_option" });
});

test("who has not asked gets names alone, and may ask with a swap", async () => {
  const plugin = await load({});
  await expect(plugin.call("sum", "x")).rejects.toMatchObject(trap(NAMES));
  await plugin.swap(guest("lines-c"), { debug: true });
  await expect(plugin.call("sum", "x")).rejects.toMatchObject(trap(SUM));
});

test("a module beside it without lines is given none of the plugin's", async () => {
  const lib = wat(`(module (func ${"nop ".repeat(60)} unreachable) (func (export "f") call 0))`);
  const main = wat(`(module (import "lib" "f" (func)) (func ${"nop ".repeat(200)}) (func (export "run") call 0))`);
  const runtime = { abis: [plain()], inspect: inspectCoreModule, limits: debugging(), isolations: [inline(() => new Queue())], open: () => expect.unreachable() };
  const made = makeHost(runtime, {});
  hosts.push(made);
  const plugin = await made.load(main, { abi: "plain", modules: { lib }, debug: { sources: ["main.c"], mappings: "AAAA" } });
  // The plugin has code, too, where the other one breaks off.
  await expect(plugin.call("run", [])).rejects.toMatchObject({ details: { frames: ["function 0", "function 1", "function 2 (main.c:1:1)"] } });
});

test("a plugin that breaks off as it is loaded says where", async () => {
  const { frames } = ((await host().load(guest("hostile-start-trap"), { debug: true }).catch((error: unknown) => error)) as { details: { frames: unknown } }).details;
  expect(frames).toHaveLength(1);
});

test("without limits, and where no `debug` can be asked for", async () => {
  await expect((await load({ debug: true }, debugging())).call("sum", "x")).rejects.toMatchObject(trap(SUM));
  await expect(load({ debug: true }, limits)).rejects.toMatchObject({ code: "invalid_option", message: expect.stringContaining("there is no debug, only ") });
  await expect(load({ limits: { fuel: 1 } }, debugging())).rejects.toMatchObject({ code: "unsupported" });
});

test.each([1, null, [], {}, Symbol.iterator])("debug: %s is refused", async (debug) => {
  await expect(load({ debug: debug as never })).rejects.toMatchObject({ code: "invalid_option", message: "debug must be true, false, or a source map: an object, or its JSON" });
});

test("errors that are no traps are as they were", async () => {
  const plugin = await load({ debug: true, limits: { fuel: 10 } });
  await expect(plugin.call("sum", "12")).rejects.toMatchObject({ code: "limit" });
  await expect(plugin.call("none", "12")).rejects.toMatchObject({ code: "missing_export" });
  await expect(plugin.call("sum", "12", { borrow: () => expect.unreachable() })).rejects.toMatchObject({ code: "limit" });
});
