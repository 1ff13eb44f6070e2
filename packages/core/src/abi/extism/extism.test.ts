import { afterEach, expect, test } from "vitest";
import type { Host, LoadOptions } from "../../host.ts";
import type { Plugin } from "../../contract/operations.ts";
import { limits } from "../../limiting.ts";
import { inline, inspectCoreModule, makeHost, Queue } from "../../spi.ts";
import { call, drop, forever, get, i64, set, wrap, type Code } from "../../testing/attacks/code.ts";
import { extismGuest } from "../../testing/attacks/guests.ts";
import { extism } from "../standard.ts";
import { Kernel } from "./kernel.ts";

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

/** An operation `run`, which gives what its body leaves. */
async function load(imports: Parameters<typeof extismGuest>[0], body: Code, options: LoadOptions = {}, locals = ""): Promise<Plugin> {
  const host = makeHost({ abis: [extism()], inspect: inspectCoreModule, limits, isolations: [inline(() => new Queue())], open: () => expect.unreachable() });
  hosts.push(host);
  return host.load(extismGuest(imports, body, locals), options);
}

const SUCCEEDS: Code = [i64(0n), wrap];
const INPUT = [["input_length", "", "i64"]] as const;

test.each(["", undefined as never, null as never])("an operation without a name (%j) is none, in a fresh instance too", async (none: string) => {
  const plugin = await load(INPUT, SUCCEEDS);
  for (const op of [none, "run", none]) {
    if (op === none) expect(() => plugin.callSync(op)).toThrow(expect.objectContaining({ code: "missing_export" }));
    else expect(plugin.callSync(op)).toEqual(new Uint8Array(0));
  }
});

test.each([undefined, () => 1])("fuel that ends in the kernel is the limit's error, where the caller has a callback, too", async (borrow) => {
  const plugin = await load([...INPUT, ["alloc", "i64", "i64"]], [i64(60_000n), call(1), wrap, drop, SUCCEEDS], { limits: { fuel: 1000, time: "unlimited" } });
  plugin.callSync("run", "x"); // so that there is something to be zeroed
  expect(() => plugin.callSync("run", new Uint8Array(40_961), { borrow: borrow! })).toThrow(expect.objectContaining({ code: "limit" }));
});

test("an error beyond 2 GiB of the kernel's memory is in its own words", () => {
  const kernel = new Kernel({ module: undefined });
  kernel.begin(new Uint8Array(0));
  const { alloc, error_set: fail } = kernel.exports as Record<string, (offset: bigint) => bigint>;
  for (let blocks = 0; blocks < 2; blocks++) expect(alloc!(1_200_000_000n)).toBeGreaterThan(0n);
  fail!(kernel.writeText("far away"));
  expect(kernel.errorText()).toBe("far away");
});

test("a variable of no bytes takes room as well, so that there are not many of them", async () => {
  const names = [["alloc", "i64", "i64"], ["store_u64", "i64 i64", ""], ["var_set", "i64 i64", ""]] as const;
  // A name of eight bytes, another one each time; the value is an offset that is no block.
  const body: Code = [i64(8n), call(0), set(0), forever(get(1), i64(1n), 0x7c, set(1), get(0), get(1), i64(0x7f7f_7f7fn), 0x83, call(1), get(0), i64(99_999n), call(2)), SUCCEEDS];
  const plugin = await load(names, body, {}, "i64 i64");
  expect(() => plugin.callSync("run")).toThrow(expect.objectContaining({ code: "denied", details: { size: 1_048_600, cap: 1_048_576 } }));
});
