import { createHost } from "@isopod/node";
import { alike, broken, FUZZ_LIMITS, fuzzOne, makeCase } from "@isopod/core/testing";
import { afterAll, expect, test } from "vitest";
import { readFindings, readSeedlings } from "./corpus.ts";

const hosts = { inline: createHost({ isolation: "inline" }), worker: createHost({ isolation: "worker" }) };
afterAll(() => Promise.all(Object.values(hosts).map((host) => host.dispose())));

test("what was found once is not found again: the same in this thread and in a worker, and never a fault of ours", async () => {
  for (const { case: each, why } of await readFindings()) {
    const inline = await fuzzOne(hosts.inline, each, FUZZ_LIMITS);
    const worker = await fuzzOne(hosts.worker, each, FUZZ_LIMITS);
    expect(inline.length, why).toBeGreaterThan(0);
    expect([broken(inline), broken(worker), alike(inline, worker)], `seed ${each.seed}: ${why}\n${JSON.stringify([inline, worker])}`).toEqual([undefined, undefined, true]);
  }
}, 60_000);

test("a seed makes the same case every time, and a third of cases at least get to the guest", async () => {
  const seedlings = await readSeedlings();
  let entered = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const made = makeCase(seed, seedlings);
    expect(makeCase(seed, seedlings)).toEqual(made);
    if ((await fuzzOne(hosts.inline, made, FUZZ_LIMITS)).some((step) => step.entered)) entered++;
  }
  expect(entered).toBeGreaterThan(18);
}, 60_000);
