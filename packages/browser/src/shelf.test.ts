import { readFileSync } from "node:fs";
import { harden, inspectCoreModule } from "@isopod/core/spi";
import { expect, test } from "vitest";
import { Caches } from "./caches.fixture.ts";
import { Shelf } from "./shelf.ts";

const guest = new Uint8Array(readFileSync(new URL("../../../guests/dist/packed-c.wasm", import.meta.url)));
const policy = { memory: 16 * 2 ** 20, tables: 1000 };
const before = inspectCoreModule(guest);
const hardened = (digest: string, held = policy): Uint8Array => harden(guest, held, digest);

test("what is kept is found again, with what the module was before", async () => {
  const { storage } = new Caches();
  await new Shelf(storage).keep("sha256-a", policy, hardened("sha256-a"), before);
  const found = await new Shelf(storage).module("sha256-a", policy);
  expect(found?.inspected).toEqual(before);
  expect(WebAssembly.Module.exports(found!.module)).toEqual(WebAssembly.Module.exports(new WebAssembly.Module(hardened("sha256-a") as BufferSource)));
  const bytes = await new Shelf(storage).bytes("sha256-a", policy);
  expect(bytes?.subarray(0, hardened("sha256-a").length)).toEqual(hardened("sha256-a"));
  expect(WebAssembly.validate(bytes as BufferSource)).toBe(true);
});

test("a plugin cannot speak for itself there", async () => {
  const { storage } = new Caches();
  const lie = new TextEncoder().encode('isopod:before{"form":"module","imports":[],"exports":[],"memories":[]}');
  const liar = Uint8Array.from([...guest, 0, lie.length + 1, 13, ...lie]);
  expect(WebAssembly.Module.customSections(new WebAssembly.Module(harden(liar, policy) as BufferSource), "isopod:before").length).toBe(1);
  await new Shelf(storage).keep("sha256-a", policy, harden(liar, policy, "sha256-a"), inspectCoreModule(liar));
  expect((await new Shelf(storage).module("sha256-a", policy))?.inspected).toEqual(inspectCoreModule(liar));
});

test("limits that nobody set are part of the policy, too", async () => {
  const { storage } = new Caches();
  const open = { memory: Infinity, tables: Infinity };
  await new Shelf(storage).keep("sha256-a", open, hardened("sha256-a", open), before);
  expect(await new Shelf(storage).module("sha256-a", open)).toBeDefined();
  expect(await new Shelf(storage).module("sha256-a", policy)).toBeUndefined();
});

test.each([
  ["sha256-b", policy],
  ["sha256-a", { ...policy, memory: policy.memory + 65_536 }],
  ["sha256-a", { ...policy, tables: 1001 }],
])("nothing is found for %s, %o", async (digest, wanted) => {
  const { storage } = new Caches();
  await new Shelf(storage).keep("sha256-a", policy, hardened("sha256-a"), before);
  expect(await new Shelf(storage).module(digest, wanted)).toBeUndefined();
  expect(await new Shelf(storage).bytes(digest, wanted)).toBeUndefined();
});

test.each<[string, () => Uint8Array]>([
  ["of another module", () => hardened("sha256-b")],
  ["held to more memory", () => hardened("sha256-a", { ...policy, memory: 2 ** 30 })],
  ["held to larger tables", () => hardened("sha256-a", { ...policy, tables: 1e6 })],
  ["that was never hardened", () => guest],
  ["cut short", () => hardened("sha256-a").slice(0, -3)],
  ["that is empty", () => new Uint8Array(0)],
])("an entry %s is not used, and goes", async (_name, bytes) => {
  for (const way of ["module", "bytes"] as const) {
    const { storage, entries } = new Caches();
    await new Shelf(storage).keep("sha256-a", policy, hardened("sha256-a"), before);
    const [address] = entries.keys();
    entries.set(address!, new Response(bytes() as BodyInit, { headers: { "content-type": "application/wasm" } }));
    expect(await new Shelf(storage)[way]("sha256-a", policy)).toBeUndefined();
    expect(entries.size).toBe(0);
  }
});

test("the oldest go where there is no room, and what is larger than all room is not kept", async () => {
  const { storage, entries } = new Caches();
  const size = hardened("sha256-a").length + JSON.stringify(before).length + 30;
  const shelf = new Shelf(storage, size * 2);
  for (const digest of ["sha256-a", "sha256-b", "sha256-c"]) await shelf.keep(digest, policy, hardened(digest), before);
  expect([...entries.keys()].map((address) => address.slice(-1))).toEqual(["b", "c"]);
  await shelf.keep("sha256-b", policy, hardened("sha256-b"), before);
  await shelf.keep("sha256-d", policy, hardened("sha256-d"), before);
  expect([...entries.keys()].map((address) => address.slice(-1))).toEqual(["b", "d"]);
  await new Shelf(storage, 1000).keep("sha256-e", policy, hardened("sha256-e"), before);
  expect(entries.size).toBe(2);
});

test("where the browser has less room than that, the oldest go all the same", async () => {
  const size = hardened("sha256-a").length + JSON.stringify(before).length + 30;
  const { storage, entries } = new Caches(size * 2.5);
  const shelf = new Shelf(storage);
  for (const digest of ["sha256-a", "sha256-b", "sha256-c"]) await shelf.keep(digest, policy, hardened(digest), before);
  expect([...entries.keys()].map((address) => address.slice(-1))).toEqual(["b", "c"]);
  // What has no room even on an empty shelf empties none.
  await shelf.keep("sha256-d", policy, Uint8Array.from([...hardened("sha256-d"), ...new Uint8Array(3 * size)]), before);
  expect([...entries.keys()].map((address) => address.slice(-1))).toEqual(["b", "c"]);
});

test("a storage that refuses is none", async () => {
  const refuse = async (): Promise<never> => {
    throw new DOMException("no", "SecurityError");
  };
  const shelf = new Shelf({ match: refuse, open: refuse } as unknown as CacheStorage);
  await shelf.keep("sha256-a", policy, hardened("sha256-a"), before);
  expect(await shelf.module("sha256-a", policy)).toBeUndefined();
  expect(await shelf.bytes("sha256-a", policy)).toBeUndefined();
});
