import { afterEach, describe, expect, test } from "vitest";
import { packed, packedFunctions, wasi } from "../../lean.ts";
import type { Host, LoadOptions } from "../../host.ts";
import type { Plugin } from "../../contract/operations.ts";
import { IsopodError } from "../../errors.ts";
import { inline, inspectCoreModule, makeHost, Queue } from "../../spi.ts";
import { build, type Func } from "../../testing/attacks/binary.ts";
import { call, caught, drop, get, i32, i64, load8, pack, store, type Code } from "../../testing/attacks/code.ts";

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

async function load(bytes: Uint8Array, options: LoadOptions = {}): Promise<Plugin> {
  const host = makeHost({ abis: [packed([wasi], packedFunctions)], inspect: inspectCoreModule, isolations: [inline(() => new Queue())], open: () => expect.unreachable() });
  hosts.push(host);
  return host.load(bytes, options);
}

/** Function 0 is `env.ask`, 1 is `proc_exit`, 2 is `malloc`. The answer is how often `malloc` ran in this instance. */
function counting({ malloc = [], free = [], result = "" }: { malloc?: Code; free?: Code; result?: string } = {}): Uint8Array {
  const functions: Func[] = [
    { params: "i32", results: "i32", body: [i32(64), i32(64), load8(), i32(1), 0x6a, store(), malloc, i32(1024)], as: "malloc" },
    { params: "i32 i32", body: free, as: "free" },
    { params: "i32 i32", results: "i64", body: pack(i32(64), i32(1)), as: "run" },
  ];
  return build({ memory: [1], imports: [{ module: "env", name: "ask", params: "i32 i32", results: result }, { module: "wasi_snapshot_preview1", name: "proc_exit", params: "i32" }], functions });
}

const asks: Code = [i32(0), i32(0), call(0)];
const busy = (): never => {
  throw new IsopodError("overloaded", "somebody else's plugin has no room");
};

describe.each([["malloc", { malloc: asks }], ["free", { free: asks }]])("what the guest's own %s comes to", (_name, body) => {
  test("an error leaves it half way through, whatever its code: the instance goes", async () => {
    let works = true;
    const plugin = await load(counting(body), { functions: { env: { ask: () => (works ? undefined : busy()) } } });
    expect(plugin.callSync("run", "x")).toEqual(new Uint8Array([1]));
    works = false;
    expect(() => plugin.callSync("run", "x")).toThrow(expect.objectContaining({ code: "overloaded" }));
    works = true;
    expect(plugin.callSync("run", "x")).toEqual(new Uint8Array([1]));
  });

  test("is the guest's, where the caller has a callback, too", async () => {
    const endless = counting({ [_name]: _name === "malloc" ? [get(0), call(2), 0x1a] : [get(0), get(1), call(3)] });
    const plugin = await load(endless, { functions: { env: { ask: () => undefined } } });
    for (const borrow of [undefined, () => 1]) expect(() => plugin.callSync("run", "x", { borrow })).toThrow(expect.objectContaining({ code: "trap" }));
  });

  test("what it swallowed fails this call, and not the next one", async () => {
    const exits = counting({ [_name]: caught([i32(7), call(1)], []) });
    const plugin = await load(exits, { functions: { env: { ask: () => undefined } } });
    for (let count = 0; count < 3; count++) expect(() => plugin.callSync("run", "x")).toThrow(expect.objectContaining({ code: "exit", details: { code: 7 } }));
  });
});

test.each([["_initialize", { as: "_initialize" }, {}], ["the start function", {}, { start: 3 }]])("what %s swallowed is nothing to the first call", async (_name, named, shape) => {
  const functions: Func[] = [
    { params: "i32", results: "i32", body: [i32(1024)], as: "malloc" },
    { params: "i32 i32", results: "i64", body: [i64(0n)], as: "run" },
    { body: caught([i32(7), call(0)], []), ...named },
  ];
  const plugin = await load(build({ memory: [1], imports: [{ module: "wasi_snapshot_preview1", name: "proc_exit", params: "i32" }], functions, ...shape }));
  expect(plugin.callSync("run")).toEqual(new Uint8Array(0));
});

test.each([["starts", []], ["fails to start", [0]]] as const)("a line that was begun while a plugin %s is said then, and not in the first call", async (_name, end) => {
  const lines: string[] = [];
  const starting: Code = [i32(64), i32(80), store(), i32(68), i32(3), store(), i32(1), i32(64), i32(1), i32(72), call(0), drop, end];
  const functions: Func[] = [
    { params: "i32", results: "i32", body: [i32(1024)], as: "malloc" },
    { params: "i32 i32", results: "i64", body: [i64(0n)], as: "run" },
    { body: starting, as: "_initialize" },
  ];
  const guest = build({ memory: [1], imports: [{ module: "wasi_snapshot_preview1", name: "fd_write", params: "i32 i32 i32 i32", results: "i32" }], functions, data: [80, "abc"] });
  await load(guest, { log: ({ message }) => lines.push(message) }).catch(() => {});
  expect(lines).toEqual(["abc"]);
});

test("a host function of bytes that gives a number gives a number", async () => {
  const body: Code = [i32(64), i32(64), i32(1), call(0), store(), pack(i32(64), i32(4))];
  const guest = build({ memory: [1], imports: [{ module: "env", name: "ask", params: "i32 i32", results: "i32" }], functions: [{ params: "i32", results: "i32", body: [i32(1024)], as: "malloc" }, { params: "i32 i32", results: "i64", body, as: "run" }], data: [64, "x"] });
  const plugin = await load(guest, { functions: { env: { ask: (bytes: Uint8Array) => bytes[0] } } });
  expect([...plugin.callSync("run", "")]).toEqual([120, 0, 0, 0]);
  const other = await load(guest, { functions: { env: { ask: () => "text" } } });
  expect(() => other.callSync("run", "")).toThrow(expect.objectContaining({ code: "host_function" }));
});

test("what the caller's callback throws is the caller's, be it a trap of another module", async () => {
  const plugin = await load(counting(), { functions: { env: { ask: () => undefined } } });
  const mine = new WebAssembly.RuntimeError("mine");
  expect(() => plugin.callSync("run", "x", { borrow: () => { throw mine; } })).toThrow(mine);
});

test.each(["", undefined as never, null as never])("an operation without a name (%j) is none, in a fresh instance too", async (none: string) => {
  const plugin = await load(counting(), { functions: { env: { ask: () => undefined } } });
  for (const op of [none, "run", none]) {
    if (op === none) expect(() => plugin.callSync(op, "x")).toThrow(expect.objectContaining({ code: "missing_export" }));
    else expect(plugin.callSync(op, "x")).toEqual(new Uint8Array([1]));
  }
});
