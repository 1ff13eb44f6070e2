import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { larger } from "../../../../e2e/harness/larger.mjs";
import { failure } from "../errors.ts";
import { Queue } from "../pool/queue.ts";
import { harden } from "../wasm/harden/index.ts";
import { hardenIn, LARGE } from "./hardening.ts";
import { inline } from "./inline.ts";
import type { Isolation, Place } from "./place.ts";

const small = new Uint8Array(readFileSync(new URL("../../../../guests/dist/packed-c.wasm", import.meta.url)));
const large = larger(small, 40);
/** Quicker than what shows where they differ. */
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
const policy = { memory: 16 * 2 ** 20, tables: 1000 };

/** An isolation whose places are counted, and what they were made for. */
function workers(place?: () => Promise<Place>): { isolation: Isolation; ended: unknown[]; place: ReturnType<typeof vi.fn> } {
  const own = inline(() => new Queue());
  const ended: unknown[] = [];
  const made = vi.fn(async (...given: Parameters<Isolation["place"]>) => {
    const real = await (place ?? (() => own.place(...given)))();
    return { run: real.run.bind(real), runSync: real.runSync.bind(real), runMany: real.runMany.bind(real), dispose: (error: never) => (ended.push(error), real.dispose(error)) };
  });
  return { isolation: { ...own, place: made }, ended, place: made };
}

test("a large module is hardened by the workers, to the very bytes; its place is left", async () => {
  expect(large.length).toBeGreaterThanOrEqual(LARGE);
  const { isolation, ended, place } = workers();
  const before = large.slice();
  for (const wanted of [policy, { memory: Infinity, tables: 1000 }, { memory: 16 * 2 ** 20, tables: Infinity }]) {
    expect(same(await hardenIn(isolation)(large, wanted, "sha256-x"), harden(large, wanted, "sha256-x"))).toBe(true);
  }
  expect(same(await hardenIn(isolation)(large, policy), harden(large, policy))).toBe(true);
  expect(same(large, before)).toBe(true);
  expect([place.mock.calls.length, ended.length]).toEqual([4, 4]);
});

test("a small one is hardened here, at once", () => {
  const { isolation, place } = workers();
  expect(hardenIn(isolation)(small, policy, "sha256-x")).toEqual(harden(small, policy, "sha256-x"));
  expect(place).not.toHaveBeenCalled();
});

describe("what is wrong with the module", () => {
  test.each<[string, Uint8Array, number]>([
    ["a memory beyond the policy", large, 65_535],
    ["no module", new Uint8Array(LARGE), 2 ** 30],
    ["one that was hardened already", harden(large, policy), 2 ** 30],
  ])("%s: the same error as here", async (_name, bytes, memory) => {
    const { isolation, place } = workers();
    const wanted = ((): unknown => {
      try {
        return harden(bytes, { memory, tables: 1000 });
      } catch (error) {
        return error;
      }
    })();
    await expect(hardenIn(isolation)(bytes, { memory, tables: 1000 })).rejects.toEqual(wanted);
    expect(place).toHaveBeenCalledTimes(1);
  });
});

test.each([
  ["no worker", failure("worker_lost", "no worker")],
  ["a worker that does not serve it", failure("abi_unknown", "the worker has no such ABI")],
  ["another version", failure("protocol", "host speaks isopod/3, worker isopod/1")],
  ["anything else", new Error("who knows")],
])("%s: hardened here", async (_name, error) => {
  const { isolation } = workers(() => Promise.reject(error));
  expect(same(await hardenIn(isolation)(large, policy), harden(large, policy))).toBe(true);
});

test("what a worker died of is not tried here", async () => {
  const lost = failure("worker_lost", "the worker died: call again");
  const { isolation, ended } = workers(async () => ({ run: () => Promise.reject(lost), runSync: () => {}, runMany: () => [], dispose: () => {} }));
  await expect(hardenIn(isolation)(large, policy)).rejects.toBe(lost);
  expect(ended.length).toBe(1);
});

test("of a host that is disposed nothing is hardened any more", async () => {
  const { isolation } = workers(() => Promise.reject(failure("disposed", "the host was disposed")));
  await expect(hardenIn(isolation)(large, policy)).rejects.toMatchObject({ code: "disposed" });
});
