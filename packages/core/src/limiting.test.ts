import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { hardened } from "./limiting.ts";
import { limits, metered, packed, packedFunctions, wasi } from "./lean.ts";
import type { AuditEvent } from "./limits/bounds.ts";
import { extism, wapc } from "./abi/standard.ts";
import type { Plugin } from "./contract/operations.ts";
import { inline, inspectCoreModule, makeHost, Queue } from "./spi.ts";
import { wat } from "./wasm/harden/metered.fixture.ts";
import type { Host, HostOptions, LoadOptions } from "./host.ts";

const guest = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(`../../../guests/dist/${name}.wasm`, import.meta.url)));
const reverse = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
const functions = { env: { reverse }, "extism:host/user": { reverse }, test: { reverse } };
const GUESTS = { packed: "packed-wat", extism: "extism-wat", wapc: "wapc-wat" } as const;

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

function host(options: HostOptions = {}, inspect: typeof inspectCoreModule | undefined = inspectCoreModule): Host {
  const made = makeHost({ abis: [extism(), wapc(), packed([wasi], packedFunctions)], inspect, limits, isolations: [inline(() => new Queue())], open: () => expect.unreachable() }, options);
  hosts.push(made);
  return made;
}

async function load(abi: keyof typeof GUESTS, options: LoadOptions, about: HostOptions = {}): Promise<Plugin> {
  const own = abi === "packed" ? { env: functions.env } : abi === "extism" ? { "extism:host/user": { reverse } } : { test: { reverse } };
  return host(about).load(guest(GUESTS[abi]), { functions: own, ...options });
}

const hits = (limit: string, used: number, cap: number) => ({ code: "limit", fault: "plugin", details: expect.objectContaining({ limit, used, cap }) });

describe.each(["packed", "extism", "wapc"] as const)("%s", (abi) => {
  test.each([0, 1, 100])("input of %d bytes, and not one more", async (input) => {
    const plugin = await load(abi, { limits: { input } });
    const fits = "x".repeat(input);
    expect(await plugin.call("echo", fits, { as: "text" })).toBe(fits);
    expect(plugin.callSync("echo", new Uint8Array(input))).toEqual(new Uint8Array(input));
    for (const more of [`${fits}x`, new Uint8Array(input + 1), new Uint8Array(input + 1).buffer]) {
      await expect(plugin.call("echo", more)).rejects.toMatchObject(hits("input", input + 1, input));
    }
    expect(() => plugin.callSync("echo", `${fits}x`)).toThrow(expect.objectContaining({ code: "limit" }));
    await expect(plugin.callMany("echo", [fits, `${fits}x`])).rejects.toMatchObject({ code: "limit", details: { limit: "input", index: 1 } });
    expect(await plugin.callMany("echo", [fits], { as: "text" })).toEqual([fits]);
  });

  test("input is measured as the guest gets it: text as UTF-8, anything else as JSON", async () => {
    const plugin = await load(abi, { limits: { input: 7 } });
    expect(await plugin.call("echo", "äöü", { as: "text" })).toBe("äöü");
    await expect(plugin.call("echo", "äöüß")).rejects.toMatchObject(hits("input", 8, 7));
    expect(await plugin.call("echo", { a: 1 }, { as: "json" })).toEqual({ a: 1 });
    await expect(plugin.call("echo", { a: 10 })).rejects.toMatchObject(hits("input", 8, 7));
  });

  test.each([0, 1, 100])("output of %d bytes, and not one more", async (output) => {
    const plugin = await load(abi, { limits: { output } });
    const fits = "x".repeat(output);
    expect(await plugin.call("echo", fits, { as: "text" })).toBe(fits);
    for (const options of [{}, { as: "text" }, { into: new Uint8Array(1000) }, { borrow: () => expect.unreachable() }]) {
      await expect(plugin.call("echo", `${fits}x`, options as { as: "text" })).rejects.toMatchObject(hits("output", output + 1, output));
    }
    await expect(plugin.callMany("echo", [fits, `${fits}x`])).rejects.toMatchObject({ code: "limit", details: { limit: "output", index: 1 } });
    expect(await plugin.call("echo", fits, { as: "text" })).toBe(fits);
  });

  test.each([0, 1])("%d host calls, and not one more", async (hostCalls) => {
    const plugin = await load(abi, { limits: { hostCalls } });
    for (let calls = 0; calls < 3; calls++) {
      const called = plugin.call("host", "abc", { as: "text" });
      if (hostCalls === 1) expect(await called).toBe("cba");
      else await expect(called).rejects.toMatchObject(hits("hostCalls", 1, 0));
    }
  });
});

test.each(["packed", "extism", "wapc"] as const)("what another plugin came to is not told of %s, whose function called it", async (abi) => {
  const events: AuditEvent[] = [];
  const own = host({ audit: (event) => events.push(event) });
  const other = await own.load(guest(GUESTS.packed), { functions: { env: { reverse } }, limits: { input: 2 } });
  const reverses = (bytes: Uint8Array): unknown => other.callSync("echo", bytes);
  const plugin = await own.load(guest(GUESTS[abi]), { functions: { env: { reverse: reverses }, "extism:host/user": { reverse: reverses }, test: { reverse: reverses } } });
  const error: unknown = await plugin.call("host", "abc").catch((thrown: unknown) => thrown);
  // The protocol of waPC has the guest tell.
  expect(error).toMatchObject(abi === "wapc" ? { code: "guest_error" } : { code: "host_function", cause: { code: "limit", details: { limit: "input", used: 3, cap: 2 } } });
  expect(events.map(({ op, limit }) => [op, limit])).toEqual([["echo", "input"]]);
});

test("every limit that is hit is told, once", async () => {
  const events: AuditEvent[] = [];
  const plugin = await load("packed", { limits: { input: 3, output: 2, hostCalls: 0 } }, { audit: (event) => events.push(event) });
  await expect(plugin.call("echo", "1234")).rejects.toThrow();
  await expect(plugin.call("upper", "123")).rejects.toThrow();
  expect(() => plugin.callSync("host", "1")).toThrow();
  await expect(plugin.callMany("echo", ["1", "123"])).rejects.toThrow();
  await plugin.call("echo", "1");
  await expect(plugin.call("nothing", "1")).rejects.toMatchObject({ code: "missing_export" });
  const event = { kind: "limit" };
  expect(events).toEqual([
    { ...event, op: "echo", limit: "input", used: 4, cap: 3 },
    { ...event, op: "upper", limit: "output", used: 3, cap: 2 },
    { ...event, op: "host", limit: "hostCalls", used: 1, cap: 0 },
    { ...event, op: "echo", limit: "output", used: 3, cap: 2 },
  ]);
});

test("an audit that throws fails no call of its own", async () => {
  const plugin = await load("packed", { limits: { input: 0 } }, { audit: () => { throw new Error("kaput"); } });
  await expect(plugin.call("echo", "1")).rejects.toMatchObject({ code: "limit" });
});

test.each([
  ["memory", "16MB", 'limits.memory must be bytes, such as 1024 or "16MiB", or "unlimited"'],
  ["time", "soon", 'limits.time must be milliseconds, such as 50 or "50ms" or "2s", or "unlimited"'],
  ["fuel", -1, 'limits.fuel must be a whole number from 0, or "unlimited"'],
  ["concurrency", "unlimited", "limits.concurrency must be a whole number from 1 to 10000"],
] as const)("limits.%s: %s is refused in words", async (name, value, message) => {
  await expect(load("packed", { limits: { [name]: value } as never })).rejects.toMatchObject({ code: "invalid_option", message });
});

test("what holds is told", async () => {
  const plugin = await load("packed", { limits: { memory: "16MiB", fuel: "unlimited", queue: 7 } });
  expect(plugin.info.limits).toEqual({ memory: 16_777_216, tables: 100_000, fuel: "unlimited", time: 10_000, input: 67_108_864, output: 67_108_864, hostCalls: 1_000_000, concurrency: 16, queue: 7 });
});

describe("a Module that was not hardened", () => {
  const module = new WebAssembly.Module(guest("arena-wat"));

  test("runs without limits, and says what does not hold", async () => {
    const plugin = await host().load(module);
    expect(plugin.info.limits).toMatchObject({ memory: "unlimited", tables: "unlimited", fuel: "unlimited", time: "unlimited", input: 67_108_864 });
    expect(await plugin.call("echo", "x", { as: "text" })).toBe("x");
  });

  test.each(["memory", "tables", "fuel", "time"] as const)("cannot be held to limits.%s", async (name) => {
    await expect(host().load(module, { limits: { [name]: 1000 } })).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining("load bytes") });
    await host().load(module, { limits: { [name]: "unlimited" } });
  });

  test("is held to what needs no hardening", async () => {
    const plugin = await host().load(module, { limits: { input: 2 } });
    await expect(plugin.call("echo", "xyz")).rejects.toMatchObject(hits("input", 3, 2));
  });
});

test("a metered ABI is another one, so that a worker which does not hold limits cannot be asked to", () => {
  expect(metered(packed()).name).not.toBe(packed().name);
});

test("a Module that was hardened runs without any limit, too", async () => {
  const unlimited = Object.fromEntries(["memory", "tables", "fuel", "time", "input", "output", "hostCalls"].map((name) => [name, "unlimited"]));
  const module = new WebAssembly.Module(hardened(guest("arena-wat"), { memory: "unlimited", tables: "unlimited" }));
  const plugin = await host().load(module, { limits: unlimited });
  expect(await plugin.call("echo", "x", { as: "text" })).toBe("x");
  expect(plugin.info.limits).toMatchObject({ memory: "unlimited", fuel: "unlimited" });
});

describe.each(["packed", "extism", "wapc"] as const)("%s: what the host goes through for a guest", (abi) => {
  test("is charged by its length", async () => {
    const spent = async (size: number): Promise<number> => {
      let [low, high] = [0, 8_000_000];
      while (high - low > 1000) {
        const fuel = Math.floor((low + high) / 2);
        const ok = await load(abi, { limits: { fuel } }).then((held) => held.call("host", "x".repeat(size))).then(() => true, ({ code }: { code: string }) => (expect(code).toBe("limit"), false));
        if (ok) high = fuel;
        else low = fuel;
      }
      return high;
    };
    expect((await spent(200_000)) - (await spent(100_000))).toBeGreaterThan(200_000);
  });
});

test("a trap counts functions as the plugin's author does, hardened or not", async () => {
  const bytes = wat(`(module (memory (export "memory") 1)
    (func (export "malloc") (param i32) (result i32) (i32.const 8)) (func (export "free") (param i32))
    (func (export "run") (param i32 i32) (result i64) unreachable))`);
  for (const source of [bytes, new WebAssembly.Module(bytes), new WebAssembly.Module(hardened(bytes))]) {
    const plugin = await host().load(source);
    await expect(plugin.call("run", "x")).rejects.toMatchObject({ code: "trap", details: { frames: ["function 2"] } });
  }
});
