import { afterEach, describe, expect, test } from "vitest";
import type { Functions } from "../../capability/functions.ts";
import type { Host } from "../../host.ts";
import type { Plugin } from "../../contract/operations.ts";
import { inline, inspectCoreModule, makeHost, Queue } from "../../spi.ts";
import { build } from "../../testing/attacks/binary.ts";
import { add, call, drop, i32, store8, type Code } from "../../testing/attacks/code.ts";
import { wapc } from "../standard.ts";

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

const [RESPONSE, HOST_CALL, RESPONSE_LENGTH, ERROR_LENGTH] = [0, 1, 2, 3];

/** A plugin whose `__guest_call` does this; at 8 of its memory is "nkfx", and at 16 two bytes that are not UTF-8. */
async function load(body: Code, functions: Functions = {}): Promise<Plugin> {
  const host = makeHost({ abis: [wapc()], inspect: inspectCoreModule, isolations: [inline(() => new Queue())], open: () => expect.unreachable() });
  hosts.push(host);
  const imports = [
    { module: "wapc", name: "__guest_response", params: "i32 i32" },
    { module: "wapc", name: "__host_call", params: "i32 i32 i32 i32 i32 i32 i32 i32", results: "i32" },
    { module: "wapc", name: "__host_response_len", results: "i32" },
    { module: "wapc", name: "__host_error_len", results: "i32" },
  ];
  const data = [..."nkfx\0\0\0\0\xff\xfe"].map((character) => character.charCodeAt(0));
  return host.load(build({ memory: [1], imports, functions: [{ params: "i32 i32", results: "i32", body, as: "__guest_call" }], data: [8, data] }), { functions });
}

const responds = (at: number, length: number): Code => [i32(at), i32(length), call(RESPONSE)];

describe("of several responses the last one counts", () => {
  test.each([
    ["a good one after one that is not UTF-8", [responds(16, 2), responds(8, 4)], "nkfx"],
    ["none after one that is not UTF-8", [responds(16, 2), responds(0, 0)], ""],
  ])("%s", async (_name, body, wanted) => {
    expect((await load([body, i32(1)])).callSync("op", "", { as: "text" })).toBe(wanted);
  });

  test("one that is not UTF-8 after a good one", async () => {
    const plugin = await load([responds(8, 4), responds(16, 2), i32(1)]);
    expect(() => plugin.callSync("op", "", { as: "text" })).toThrow(expect.objectContaining({ code: "invalid_utf8" }));
    expect(plugin.callSync("op", "")).toEqual(new Uint8Array([255, 254]));
  });
});

test("a host call has a reply or an error, never what is left of the one before", async () => {
  /** Calls function `name` (one letter, at this address) of namespace "n". */
  const asks = (at: number): Code => [i32(0), i32(0), i32(8), i32(1), i32(at), i32(1), i32(0), i32(0), call(HOST_CALL), drop];
  /** Both lengths, to 64 and on. */
  const tells = (at: number): Code => [i32(at), call(RESPONSE_LENGTH), store8(), i32(at), i32(1), add, call(ERROR_LENGTH), store8()];
  const plugin = await load([asks(9), tells(64), asks(10), tells(66), asks(9), tells(68), responds(64, 6), i32(1)], {
    n: { k: () => "ok", f: () => { throw new Error("no"); } },
  });
  const error = "host function n.f failed: no".length;
  expect([...plugin.callSync("op", "")]).toEqual([2, 0, 0, error, 2, 0]);
});

test("a reply that is none is the fault of the function that gave it, by its name", async () => {
  const asks: Code = [i32(0), i32(0), i32(8), i32(1), i32(9), i32(1), i32(0), i32(0), call(HOST_CALL)];
  const plugin = await load([asks], { n: { k: () => Symbol("s") } });
  expect(() => plugin.callSync("op", "")).toThrow(expect.objectContaining({ code: "guest_error", cause: expect.objectContaining({ code: "host_function", details: { namespace: "n", name: "k" } }) as unknown }));
});
