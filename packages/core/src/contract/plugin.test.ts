import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Place } from "../isolate/place.ts";
import type { Call } from "./call.ts";
import type { Plugin, PluginInfo } from "./operations.ts";
import { operationsOver } from "./plugin.ts";

const DISPOSED = expect.objectContaining({ code: "disposed" });
const ABORTED = expect.objectContaining({ code: "aborted" });
const info = { abi: "fake" } as PluginInfo;
const onDispose = vi.fn();
const place = { run: vi.fn<Place["run"]>(), runSync: vi.fn<Place["runSync"]>(), runMany: vi.fn<Place["runMany"]>(), dispose: vi.fn<Place["dispose"]>() };

let plugin: Plugin;
beforeEach(() => {
  vi.resetAllMocks();
  plugin = operationsOver(place, info, onDispose);
});

const asyncDispose = (): symbol => Object.getOwnPropertySymbols(plugin)[0]!;
const disposeAgain = (): Promise<void> => (plugin as unknown as Record<symbol, () => Promise<void>>)[asyncDispose()]!();

describe("a call", () => {
  test("carries what the caller asked for", async () => {
    const { signal } = new AbortController();
    const options = { as: "text", signal, context: { user: 1 } } as const;
    place.run.mockImplementation((call) => [call.op, call.input, call.as, call.signal, call.context]);
    place.runSync.mockImplementation((call: Call) => call.as);
    place.runMany.mockImplementation((call, inputs) => [call.op, inputs, call.as, call.signal, call.context]);
    expect(await plugin.call("op", "in", options)).toEqual(["op", "in", "text", signal, { user: 1 }]);
    expect(plugin.callSync("op", "in", options)).toBe("text");
    expect(await plugin.callMany("op", ["a"], options)).toEqual(["op", ["a"], "text", signal, { user: 1 }]);
    expect(plugin.info).toBe(info);
  });

  test("may come without input and options", async () => {
    place.run.mockImplementation((call) => [call.input, call.as, call.into, call.borrow, call.signal, call.context]);
    expect(await plugin.call("op")).toEqual(Array(6).fill(undefined));
  });

  test("answers by a promise, whatever the place does; callSync throws", async () => {
    const error = new Error("no");
    for (const one of [place.run, place.runSync, place.runMany]) one.mockImplementation(() => { throw error; });
    await expect(plugin.call("op")).rejects.toBe(error);
    await expect(plugin.callMany("op", [])).rejects.toBe(error);
    expect(() => plugin.callSync("op")).toThrow(error);
    place.run.mockImplementation(() => Promise.reject(error));
    await expect(plugin.call("op")).rejects.toBe(error);
  });

  test("whose signal has fired does not begin", async () => {
    const reason = new Error("tired");
    const options = { signal: AbortSignal.abort(reason) };
    await expect(plugin.call("op", "", options)).rejects.toMatchObject({ code: "aborted", cause: reason });
    await expect(plugin.callMany("op", [""], options)).rejects.toThrow(ABORTED);
    expect(() => plugin.callSync("op", "", options)).toThrow(ABORTED);
    expect([place.run, place.runSync, place.runMany].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  });
});

test("whose signal is none, such as its controller, does not begin: its instance could never be given back", async () => {
  const options = { signal: new AbortController() as never };
  await expect(plugin.call("op", "", options)).rejects.toMatchObject({ code: "invalid_option" });
  await expect(plugin.callMany("op", [""], options)).rejects.toMatchObject({ code: "invalid_option" });
  expect(() => plugin.callSync("op", "", options)).toThrow(expect.objectContaining({ code: "invalid_option" }));
  expect([place.run, place.runSync, place.runMany].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
});

describe("dispose", () => {
  test("tells the place and the host once, however often it is called, and in whichever way", async () => {
    await Promise.all([plugin.dispose(), plugin.dispose(), disposeAgain()]);
    await plugin.dispose();
    expect(place.dispose.mock.calls).toEqual([[DISPOSED]]);
    expect(onDispose).toHaveBeenCalledOnce();
    expect([Symbol.asyncDispose, Symbol.for("Symbol.asyncDispose")]).toContain(asyncDispose());
  });

  test("ends every way to call, before the place is asked, even if the signal has fired too", async () => {
    await plugin.dispose();
    for (const options of [undefined, { signal: AbortSignal.abort() }]) {
      await expect(plugin.call("op", "", options)).rejects.toThrow(DISPOSED);
      await expect(plugin.callMany("op", [""], options)).rejects.toThrow(DISPOSED);
      expect(() => plugin.callSync("op", "", options)).toThrow(DISPOSED);
    }
    expect([place.run, place.runSync, place.runMany].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  });

  test("holds at once, not a moment later", () => {
    void plugin.dispose();
    expect(() => plugin.callSync("op")).toThrow(DISPOSED);
  });
});
