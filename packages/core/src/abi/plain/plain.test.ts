import { afterEach, describe, expect, test } from "vitest";
import type { Host } from "../../host.ts";
import type { Numeric, Plugin } from "../../contract/operations.ts";
import { inline, inspectCoreModule, makeHost, Queue } from "../../spi.ts";
import { build } from "../../testing/attacks/binary.ts";
import { call, get } from "../../testing/attacks/code.ts";
import { plain } from "../standard.ts";

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.dispose();
});

async function load(bytes: Uint8Array, ask: () => unknown = () => undefined): Promise<Plugin> {
  const host = makeHost({ abis: [plain()], inspect: inspectCoreModule, isolations: [inline(() => new Queue())], open: () => expect.unreachable() });
  hosts.push(host);
  return host.load(bytes, { functions: { env: { ask } } });
}

describe("a host function gives what the guest imports", () => {
  const asking = (results: string): Uint8Array => build({ imports: [{ module: "env", name: "ask", results }], functions: [{ results, body: [call(0)], as: "run" }] });

  test.each<[string, unknown, Numeric]>([["i32", 5, 5], ["i32", -1.5, -1], ["f32", 0.5, 0.5], ["f64", -0, -0], ["i64", 5n, 5n], ["i64", 5, 5n]])("%s from %s", async (type, reply, wanted) => {
    expect((await load(asking(type), () => reply)).callSync("run", [], { as: "value" })).toBe(wanted);
  });

  test.each<[string, unknown]>([["i32", 5n], ["f32", 5n], ["f64", 5n], ["f64", "5"], ["i32", undefined], ["i64", 0.5], ["i64", 2 ** 53]])("%s, and not %s", async (type, reply) => {
    const plugin = await load(asking(type), () => reply);
    expect(() => plugin.callSync("run", [])).toThrow(expect.objectContaining({ code: "host_function", message: expect.stringContaining(type) as unknown }));
  });
});

test("a list with a gap is no list of numbers", async () => {
  const plugin = await load(build({ functions: [{ params: "f64 f64", results: "f64", body: [get(0)], as: "run" }] }));
  const [short, none]: Numeric[][] = [[1], []];
  short!.length = none!.length = 2;
  for (const input of [short!, none!]) expect(() => plugin.callSync("run", input)).toThrow(expect.objectContaining({ code: "bad_input" }));
  expect(plugin.callSync("run", [1, 2], { as: "value" })).toBe(1);
});
