import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { everyAbi } from "@isopod/core/spi";
import { abiOption } from "../commands/options.ts";
import { guest } from "../isopod.fixture.ts";
import { report } from "./report.ts";

const of = (name: string): ReturnType<typeof report> => report(name, readFileSync(guest(name)));

test("what a plugin needs is what linking says", async () => {
  expect((await of("packed-c")).needs).toMatchObject({ functions: [{ module: "env", name: "reverse" }], modules: [] });
  expect((await of("validator")).needs).toEqual({ functions: [], modules: [] });
  expect((await of("extism-linked-main")).needs?.functions.length).toBeGreaterThan(0);
});

test("nothing of the plugin runs", async () => {
  expect(await of("hostile-start-trap")).toMatchObject({ error: null, start: true });
});

test("what load would refuse before it links is its error", async () => {
  expect(await of("foreign-go-js")).toMatchObject({ abi: null, needs: null, error: { code: "unsupported" } });
  for (const { runs } of (await of("foreign-go-js")).runtimes) expect(runs).toBe("no");
});

test("what does not run here is named, with the reason", async () => {
  expect(await of("kit-proxy-wasm-as")).toMatchObject({ abi: null, recognised: "proxy-wasm", reason: "exports proxy_abi_version_0_2_0", error: { code: "unsupported" } });
  expect(await of("foreign-go-js")).toMatchObject({ abi: null, recognised: "Go's js/wasm port", reason: null });
  expect(await of("component")).toMatchObject({ abi: null, recognised: "component", reason: null });
  expect(await of("hostile-no-abi")).toMatchObject({ abi: null, recognised: null, reason: null });
  expect(await of("validator")).toMatchObject({ abi: "extism", recognised: null });
});

test("what grants would be used", async () => {
  const { wishes } = await of("extism-c");
  expect(wishes.map(({ option }) => option)).toEqual(expect.arrayContaining(["grants.http", "grants.clock", "grants.random", "config"]));
  expect((await of("validator")).wishes).toEqual([]);
});

test("candidates: all, the strongest first, with why not", async () => {
  const { candidates } = await of("packed-c");
  expect(candidates.map(({ abi, rank }) => [abi, rank])).toEqual([["packed", 1], ["plain", 0], ["extism", null], ["wapc", null]]);
  for (const { reason } of candidates) expect(reason).toMatch(/./);
});

test("a memory of the host's is asked of a further module", async () => {
  // (import "lib" "m" (memory 1)) (func (export "f"))
  const imported = [2, 10, 1, 3, 0x6c, 0x69, 0x62, 1, 0x6d, 2, 0, 1];
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, ...imported, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 4, 1, 2, 0, 0x0b]);
  expect(await report("m", bytes)).toMatchObject({ abi: "plain", needs: { functions: [], modules: [{ module: "lib", name: "m", kind: "memory" }] } });
});

test("where two memories can run", async () => {
  // (memory 0) (memory 0) (func (export "f"))
  const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 5, 5, 2, 0, 0, 0, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 4, 1, 2, 0, 0x0b]);
  const { error, features, runtimes } = await report("two", bytes);
  expect([error, features]).toEqual([null, ["multi-memory"]]);
  const no = runtimes.filter(({ runs }) => runs === "no").map(({ runtime, reasons }) => `${runtime}: ${reasons.join()}`);
  expect(no).toEqual(["Node 20: multi-memory", "WebKit: multi-memory"]);
});

test("every ABI can be asked for by name, and says why it is not what a module is", async () => {
  const names = everyAbi().map(({ name }) => name);
  expect(abiOption().argChoices?.toSorted()).toEqual(names.toSorted());
  const { candidates } = await of("hostile-no-abi");
  for (const { abi, reason } of candidates) expect([abi, reason]).toEqual([abi, expect.stringMatching(/^(imports|exports)/)]);
});
