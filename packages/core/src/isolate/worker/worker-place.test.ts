import { describe, expect, test, vi } from "vitest";
import type { Program } from "../../abi/abi.ts";
import { tabulate } from "../../capability/functions.ts";
import type { Call } from "../../contract/call.ts";
import { failure } from "../../errors.ts";
import { block, bytes, call, read } from "../crossing.fixture.ts";
import type { Setup } from "../place.ts";
import { hostCalls } from "./answering.ts";
import type { Fleet } from "./fleet.ts";
import type { Lane } from "./lane.ts";
import { CALL, MANY } from "./protocol.ts";
import { WorkerPlace } from "./worker-place.ts";

describe("a call", () => {
  /** A place with one lane, which answers what it is told to. */
  function place(answer: unknown, over: Partial<Setup> = {}) {
    const lane = { residents: new Set([1]), load: vi.fn<() => Promise<void>>(async () => {}), free: vi.fn(), drop: vi.fn((plugin: number) => void lane.residents.delete(plugin)), giveUp: vi.fn(), end: vi.fn(), run: vi.fn<Lane["run"]>(async () => answer) };
    const fleet = { now: vi.fn<() => unknown>(() => lane), waiting: vi.fn(() => 0), mayGrow: vi.fn(() => false), later: vi.fn(async () => lane), leave: vi.fn() };
    const setup = { abi: {}, limits: { concurrency: 1, queue: 1 }, functions: new Map(), log: undefined, ...over } as unknown as Setup;
    return { lane, fleet, own: new WorkerPlace(1, { abi: "fake", state: "none" } as unknown as Program, setup, fleet as unknown as Fleet, hostCalls) };
  }

  test("large input is moved to the worker, small is copied", async () => {
    const { lane, own } = place(bytes("out"));
    await own.run(call(new Uint8Array(16_383)));
    await own.run(call(new Uint8Array(16_384)));
    expect(lane.run.mock.calls.map(([, , , transfer]) => transfer?.length)).toEqual([undefined, 1]);
  });

  test("context is sent only where host functions live in the worker", async () => {
    const here = place(bytes(""));
    const there = place(bytes(""), { functions: { href: "file:///functions.mjs" } });
    for (const { own } of [here, there]) await own.run(call("in", { context: "mine" }));
    expect([here, there].map(({ lane }) => lane.run.mock.calls[0]![2])).toEqual([[CALL, 1, "op", "in", undefined], [CALL, 1, "op", "in", "mine"]]);
  });

  test("functions of this thread are told by name, without what they do", async () => {
    const { lane, own } = place(bytes(""), { functions: tabulate({ kv: { get: async () => 1 } }), log: () => {} });
    lane.residents.clear();
    await own.run(call("in"));
    expect(lane.load.mock.lastCall).toMatchObject([own, { plugin: 1, functions: [{ namespace: "kv", name: "get", suspends: true }], logs: true }]);
    expect(structuredClone((lane.load.mock.lastCall as unknown[])[1])).toBeTruthy();
  });

  test("functions are refused where nothing answers for them", () => {
    const setup = (functions: unknown): Setup => ({ abi: {} as never, limits: { concurrency: 1, queue: 1 }, functions: functions as never, log: undefined });
    const make = (functions: unknown): WorkerPlace => new WorkerPlace(1, { abi: "fake", state: "none" } as unknown as Program, setup(functions), {} as Fleet);
    for (const functions of [tabulate({ kv: { get: () => 1 } }), { href: "file:///functions.mjs" }]) {
      expect(() => make(functions)).toThrow(expect.objectContaining({ code: "unsupported", message: expect.stringContaining("hostCalls") as unknown }));
    }
    expect(make(new Map()).functions?.size).toBe(0);
  });

  test("a batch is moved as one block", async () => {
    const { lane, own } = place(block("A", "B"));
    expect(await own.runMany(call(undefined, { as: "text" }), ["a", "b"])).toEqual(["A", "B"]);
    const [, , message, transfer] = lane.run.mock.calls[0]! as [number, Call, unknown[], ArrayBuffer[]];
    expect([message[0], read(message[3]), message[5], transfer[0] === message[3]]).toEqual([MANY, [[97], [98]], "text", true]);
  });

  test("beyond the queue is overloaded", async () => {
    const { fleet, own } = place(bytes(""));
    fleet.now.mockReturnValue(undefined);
    fleet.waiting.mockReturnValue(1);
    await expect(own.run(call("in"))).rejects.toMatchObject({ code: "overloaded", details: { concurrency: 1, queue: 1 } });
  });

  test("whose input is none takes no worker", () => {
    const { fleet, own } = place(bytes(""));
    expect(() => own.run(call(Symbol("s") as never))).toThrow(expect.objectContaining({ code: "bad_input" }));
    expect(fleet.now).not.toHaveBeenCalled();
  });

  test("whose signal fired while it waited for its worker is not posted any more", async () => {
    const { lane, fleet, own } = place(bytes(""));
    const impatient = new AbortController();
    fleet.now.mockReturnValue(undefined);
    const running = own.run(call("in", { signal: impatient.signal })) as Promise<unknown>;
    impatient.abort();
    await expect(running).rejects.toMatchObject({ code: "aborted" });
    expect([lane.run.mock.calls.length, lane.free.mock.calls.length]).toEqual([0, 1]);
  });

  test("of a plugin that is disposed meanwhile is not posted any more, at whatever moment", async () => {
    for (let moment = 0; moment < 20; moment++) {
      const { lane, fleet, own } = place(bytes(""));
      fleet.now.mockReturnValue(undefined);
      const running = own.run(call("in")) as Promise<unknown>;
      const outcome = running.then(() => "answered", (error: { code: string }) => error.code);
      for (let turns = 0; turns < moment; turns++) await undefined;
      const before = lane.run.mock.calls.length;
      own.dispose(failure("disposed", "it is gone"));
      const seen = await outcome;
      await new Promise((resolve) => setTimeout(resolve)); // the lane is freed a moment after its caller was told
      expect([seen, lane.run.mock.calls.length - before, lane.free.mock.calls.length]).toEqual(before ? ["answered", 0, 0] : ["disposed", 0, 1]);
    }
  });

  test("and a load that is aborted ends the worker that does not come back from it", async () => {
    const { lane, own } = place(bytes(""));
    const impatient = new AbortController();
    lane.residents.clear();
    lane.load.mockImplementation(() => new Promise((_resolve, reject) => lane.end.mockImplementation(reject)));
    const loading = own.warm(impatient.signal);
    impatient.abort();
    await expect(loading).rejects.toMatchObject({ code: "aborted" });
    expect([lane.end.mock.calls.length, lane.residents.size, lane.free.mock.calls.length]).toEqual([1, 0, 1]);
  });

  test("and a load whose signal has fired takes no worker", async () => {
    const { lane, own } = place(bytes(""));
    lane.residents.clear();
    await expect(own.warm(AbortSignal.abort("tired"))).rejects.toMatchObject({ code: "aborted", cause: "tired" });
    expect([lane.load.mock.calls.length, lane.end.mock.calls.length, lane.free.mock.calls.length]).toEqual([0, 0, 1]);
  });

  test("cannot be synchronous", () => {
    expect(() => place(bytes("")).own.runSync()).toThrow(expect.objectContaining({ code: "unsupported" }));
  });
});
