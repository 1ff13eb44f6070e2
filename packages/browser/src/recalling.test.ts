import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { HostOptions, LoadOptions, PluginInfo } from "@isopod/core";
import { debugging, everyAbi, harden, inline, inspectCoreModule, makeHost, Queue } from "@isopod/core/spi";
import { expect, test, vi } from "vitest";
import { larger } from "../../../e2e/harness/larger.mjs";
import { Caches } from "./caches.fixture.ts";
import { createHost } from "./host.ts";
import { recalling } from "./recalling.ts";
import { Shelf } from "./shelf.ts";

const small = new Uint8Array(readFileSync(new URL("../../../guests/dist/packed-c.wasm", import.meta.url)));
const plugin = larger(small, 40);
const sri = (bytes: Uint8Array): string => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
const integrity = sri(plugin);
const functions = { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } };

/** One visit to a page: a host, and what it did. */
async function visit(caches: Caches, options: LoadOptions = {}, served = plugin, about: HostOptions = {}): Promise<{ info: PluginInfo; rewritten: number; opened: number }> {
  const rewrite = vi.fn(harden);
  const open = vi.fn(async () => served);
  const isolation = inline(() => new Queue());
  const host = recalling(new Shelf(caches.storage), rewrite, (hardening, limits) =>
    makeHost({ abis: everyAbi(), inspect: inspectCoreModule, limits: debugging(limits), isolations: [{ ...isolation, harden: hardening }], open }, about),
  );
  try {
    const loaded = await host.load("/p.wasm", { functions, ...options });
    expect(await loaded.call("upper", "abc", { as: "text" })).toBe("ABC");
    await loaded.call("spin").catch((error: unknown) => expect(error).toMatchObject({ code: "limit" }));
    return { info: loaded.info, rewritten: rewrite.mock.calls.length, opened: open.mock.calls.length };
  } finally {
    await host.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20)); // until it is kept
  }
}

const limits = { fuel: 1e6, memory: "16MiB" } as const;

test("the second visit neither fetches nor rewrites, and is told the same", async () => {
  const caches = new Caches();
  const told: unknown[] = [];
  const about = { audit: (event: unknown) => told.push(event) };
  const first = await visit(caches, { integrity, limits }, plugin, about);
  const second = await visit(caches, { integrity, limits }, plugin, about);
  expect(first).toMatchObject({ rewritten: 1, opened: 1, info: { size: plugin.length } });
  expect(second).toEqual({ info: first.info, rewritten: 0, opened: 0 });
  expect(told).toEqual([told[0], told[0]]);
  expect(told[0]).toMatchObject({ plugin: "/p.wasm", op: "spin", limit: "fuel", cap: 1e6 });
});

test("without a digest the plugin is fetched and hashed, and not rewritten", async () => {
  const caches = new Caches();
  const first = await visit(caches, { limits });
  expect(await visit(caches, { limits })).toEqual({ info: first.info, rewritten: 0, opened: 1 });
  // Under the same address lies something else: its own digest counts.
  const other = larger(small, 41);
  expect(await visit(caches, { limits }, other)).toMatchObject({ rewritten: 1, opened: 1, info: { size: other.length } });
  expect(caches.entries.size).toBe(2);
});

test("another policy is another entry", async () => {
  const caches = new Caches();
  await visit(caches, { integrity, limits });
  for (const [memory, tables] of [["32MiB", 100_000], ["16MiB", 99_999]] as const) expect(await visit(caches, { integrity, limits: { ...limits, memory, tables } })).toMatchObject({ rewritten: 1, opened: 1 });
  // What is not part of the rewriting is not part of the policy.
  expect(await visit(caches, { integrity, limits: { ...limits, fuel: 2e6, output: 100 } })).toMatchObject({ rewritten: 0, opened: 0, info: { limits: { fuel: 2e6, output: 100 } } });
});

test("who debugs needs the module as it was: it is fetched, and not rewritten", async () => {
  const caches = new Caches();
  await visit(caches, { integrity, limits });
  expect(await visit(caches, { integrity, limits, debug: true })).toMatchObject({ rewritten: 0, opened: 1 });
  expect(await visit(caches, { integrity, limits, debug: false })).toMatchObject({ rewritten: 0, opened: 0 });
});

test("small modules are not kept: to rewrite them costs less than to look", async () => {
  const caches = new Caches();
  for (let round = 0; round < 2; round++) expect(await visit(caches, { limits, integrity: sri(small) }, small)).toMatchObject({ rewritten: 1, opened: 1 });
  expect(caches.entries.size).toBe(0);
});

test("what is refused is refused as ever", async () => {
  const caches = new Caches();
  await visit(caches, { integrity, limits });
  await expect(visit(caches, { integrity: sri(small), limits })).rejects.toMatchObject({ code: "integrity" });
  await expect(visit(caches, { integrity: "sha256-nonsense", limits })).rejects.toMatchObject({ code: "integrity" });
  await expect(visit(caches, { integrity: "md5-x", limits })).rejects.toMatchObject({ code: "invalid_option" });
  await expect(visit(caches, { integrity, limits: { memory: "much" as never } })).rejects.toMatchObject({ code: "invalid_option" });
  await expect(visit(caches, { integrity, limits, abi: "extism" })).rejects.toMatchObject({ code: "bad_signature" });
});

test("an entry that somebody has changed is fetched and rewritten again", async () => {
  const caches = new Caches();
  const first = await visit(caches, { integrity, limits });
  for (const address of caches.entries.keys()) caches.entries.set(address, new Response(small as BodyInit, { headers: { "content-type": "application/wasm" } }));
  expect(await visit(caches, { integrity, limits })).toEqual(first);
  expect(await visit(caches, { integrity, limits })).toMatchObject({ rewritten: 0, opened: 0 });
});

test("bytes are taken as they are at the call", async () => {
  const host = recalling(new Shelf(new Caches().storage), harden, (hardening, limited) =>
    makeHost({ abis: everyAbi(), inspect: inspectCoreModule, limits: limited, isolations: [{ ...inline(() => new Queue()), harden: hardening }], open: () => expect.unreachable() }),
  );
  const mine = plugin.slice();
  const loading = host.load(mine, { functions, integrity });
  mine.fill(0);
  expect(await (await loading).call("upper", "abc", { as: "text" })).toBe("ABC");
  await host.dispose();
});

test("a sandboxed frame, where even to look for caches throws, has a host that keeps nothing", async () => {
  Object.defineProperty(globalThis, "caches", {
    configurable: true,
    get: () => {
      throw new DOMException("Cache storage is disabled because the context is sandboxed", "SecurityError");
    },
  });
  try {
    await createHost({ cache: true, isolation: "inline", workers: 1 }).dispose();
  } finally {
    Reflect.deleteProperty(globalThis, "caches");
  }
});

test("cache must be true or false", () => {
  expect(() => createHost({ cache: "yes" as never })).toThrow(expect.objectContaining({ code: "invalid_option" }));
});
