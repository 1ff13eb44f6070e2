import { describe, expect, test, vi } from "vitest";
import { IsopodError } from "../errors.ts";
import type { Plugin } from "./operations.ts";
import { pluginSet, type Member, type SetEvent } from "./set.ts";

const TRAP = new IsopodError("trap", "broken");

interface Fake extends Plugin {
  disposed: number;
}

/** A plugin that adds its mark to what it is given, or fails. */
function fake(mark: string, fails?: () => unknown): Fake {
  const plugin = {
    disposed: 0,
    call: vi.fn(async (_op: string, input: unknown) => {
      const error = fails?.();
      if (error) throw error;
      return `${String(input)}${mark}`;
    }),
    dispose: async () => void plugin.disposed++,
  };
  return plugin as never;
}

function world(policy?: Member["onFailure"], fails: () => unknown = () => TRAP) {
  const events: SetEvent[] = [];
  const [a, b, c] = [fake("a"), fake("b", fails), fake("c")];
  const set = pluginSet([{ name: "A", plugin: a }, { name: "B", plugin: b, ...(policy && { onFailure: policy }) }, { name: "C", plugin: c }], { onEvent: (event) => void events.push(event) });
  return { set, a, b, c, events, call: () => set.call("op", "in", { as: "text" }), pipe: () => set.pipe("op", "in", { as: "text" }) };
}

describe("a set", () => {
  test("pipes JSON as JSON: text is in quotes for the next, too", async () => {
    const next = fake("");
    const set = pluginSet([{ name: "A", plugin: { ...fake(""), call: async () => "hi" } as never }, { name: "B", plugin: next }]);
    expect(await set.pipe("op", "in", { as: "json" })).toBe('"hi"');
    expect(next.call).toHaveBeenCalledWith("op", '"hi"', { as: "json" });
    expect(await set.pipe("op", "in", { as: "text" })).toBe("hi");
  });

  test("answers in order, one after the other, each from the same input; or pipes", async () => {
    const { call, pipe, a, b } = world("stop", () => undefined);
    expect(await call()).toEqual([{ name: "A", output: "ina" }, { name: "B", output: "inb" }, { name: "C", output: "inc" }]);
    expect(a.call).toHaveBeenCalledWith("op", "in", { as: "text" });
    expect(await pipe()).toBe("inabc");
    expect(b.call).toHaveBeenLastCalledWith("op", "ina", { as: "text" });
  });

  test("stops at a failure unless it is told otherwise", async () => {
    const { call, pipe, c, set, events } = world();
    await expect(call()).rejects.toBe(TRAP);
    await expect(pipe()).rejects.toBe(TRAP);
    expect(c.call).not.toHaveBeenCalled();
    expect([events, set.members[1]!.failures]).toEqual([[], 2]);
  });

  test("skips, and tells", async () => {
    const { call, pipe, events } = world("skip");
    expect((await call()).map(({ name }) => name)).toEqual(["A", "C"]);
    expect(await pipe()).toBe("inac");
    expect(events).toEqual([1, 2].map((failures) => ({ kind: "skipped", name: "B", op: "op", error: TRAP, failures })));
  });

  test("disables after so many failures in a row, until it is enabled", async () => {
    let well = false;
    const { call, set, b, events } = world({ disableAfter: 2 }, () => (well ? undefined : TRAP));
    await call();
    well = true;
    await call(); // which ends the row
    well = false;
    await call();
    expect(set.members[1]).toEqual({ name: "B", enabled: true, failures: 1 });
    await call();
    expect(set.members[1]).toEqual({ name: "B", enabled: false, failures: 2 });
    expect(events.map(({ kind }) => kind)).toEqual(["skipped", "skipped", "skipped", "disabled"]);
    await call();
    expect(b.call).toHaveBeenCalledTimes(4);
    well = true;
    set.enable("B");
    expect((await call()).map(({ name }) => name)).toEqual(["A", "B", "C"]);
    expect(set.members[1]).toEqual({ name: "B", enabled: true, failures: 0 });
  });

  test("leaves out who is disabled, from the start or from now on", async () => {
    const one = pluginSet([{ name: "A", plugin: fake("a"), enabled: false }, { name: "B", plugin: fake("b") }]);
    expect(await one.pipe("op", "", { as: "text" })).toBe("b");
    one.enable("A");
    expect(await one.pipe("op", "", { as: "text" })).toBe("ab");
    one.disable("A");
    one.disable("B");
    expect(await one.pipe("op", "as it was", { as: "text" })).toBe("as it was");
    expect(await one.call("op", "")).toEqual([]);
    expect(() => one.disable("C")).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });

  test.each(["aborted", "disposed", "bad_input"] as const)("blames no plugin for %s", async (code) => {
    const error = new IsopodError(code, "not yours");
    const { call, set, events } = world({ disableAfter: 1 }, () => error);
    await expect(call()).rejects.toBe(error);
    expect([set.members[1], events]).toEqual([{ name: "B", enabled: true, failures: 0 }, []]);
  });

  test("disposes of its plugins; a call under way fails, and so does any later", async () => {
    const { set, a, b, c, call } = world("skip");
    vi.mocked(b.call).mockImplementation(async () => {
      await set.dispose();
      throw TRAP;
    });
    await expect(call()).rejects.toMatchObject({ code: "disposed" });
    await expect(call()).rejects.toMatchObject({ code: "disposed" });
    expect([a.disposed, b.disposed, c.disposed]).toEqual([1, 1, 1]);
  });

  test.each([
    [[{ name: "A", onFailure: "never" }]],
    [[{ name: "A", onFailure: { disableAfter: 0 } }]],
    [[{ name: "A", onFailure: { disableAfter: 1.5 } }]],
    [[{ name: "A" }, { name: "A" }]],
  ])("is not made of %j", (members) => {
    expect(() => pluginSet(members.map((member) => ({ ...member, plugin: fake("") })) as Member[])).toThrow(expect.objectContaining({ code: "invalid_option" }));
  });
});

test("that all its instances are busy says nothing against a plugin", async () => {
  const { call, events, set } = world({ disableAfter: 2 }, () => new IsopodError("overloaded", "busy"));
  for (let count = 0; count < 3; count++) expect((await call()).map(({ name }) => name)).toEqual(["A", "C"]);
  expect([set.members[1], events.map(({ kind }) => kind)]).toEqual([{ name: "B", enabled: true, failures: 0 }, ["skipped", "skipped", "skipped"]]);
});

test("nor does an input that is larger than its limit allows, which is the caller's", async () => {
  let limit = "input";
  const { call, set } = world({ disableAfter: 2 }, () => new IsopodError("limit", "too much", { details: { limit, used: 2, cap: 1 } }));
  for (let count = 0; count < 3; count++) expect((await call()).map(({ name }) => name)).toEqual(["A", "C"]);
  expect(set.members[1]).toEqual({ name: "B", enabled: true, failures: 0 });
  limit = "time";
  for (let count = 0; count < 2; count++) await call();
  expect(set.members[1]).toEqual({ name: "B", enabled: false, failures: 2 });
});

test("a failure of a call that began before it was enabled is forgotten like those before", async () => {
  const fail: (() => void)[] = [];
  const { call, set, b, events } = world({ disableAfter: 1 });
  b.call = (() => new Promise((_resolve, reject) => fail.push(() => reject(TRAP)))) as never;
  const calls = [call(), call()];
  await vi.waitFor(() => expect(fail.length).toBe(2));
  fail[0]!();
  await calls[0];
  expect(set.members[1]!.enabled).toBe(false);
  set.enable("B");
  fail[1]!();
  expect((await calls[1]!).map(({ name }) => name)).toEqual(["A", "C"]);
  expect([set.members[1], events.map(({ kind }) => kind)]).toEqual([{ name: "B", enabled: true, failures: 0 }, ["skipped", "disabled", "skipped"]]);
  const last = call();
  await vi.waitFor(() => expect(fail.length).toBe(3));
  fail[2]!();
  await last;
  expect(set.members[1]!.enabled).toBe(false);
});

test("who is told of a failure does not fail the call", async () => {
  const set = pluginSet([{ name: "B", plugin: fake("b", () => TRAP), onFailure: "skip" }], { onEvent: () => { throw new Error("told"); } });
  expect(await set.call("op", "in")).toEqual([]);
});

test.each([
  [{ onfailure: "skip" }, "there is no onfailure, only name, plugin, onFailure, enabled"],
  [{ onFailure: null }, 'onFailure must be "stop", "skip" or { disableAfter: a whole number from 1 }'],
  [{ onFailure: { disableAfter: 2, after: 3 } }, 'onFailure must be "stop", "skip" or { disableAfter: a whole number from 1 }'],
  [{ plugin: undefined }, "plugin must be an object"],
  [{ enabled: "no" }, "enabled must be true or false"],
])("what is no option of a member is refused: %j", (wrong, message) => {
  expect(() => pluginSet([{ name: "A", plugin: fake("a"), ...wrong } as never])).toThrow(expect.objectContaining({ code: "invalid_option", message }));
});

test("what is no list of members is refused", () => {
  expect(() => pluginSet({ A: fake("a") } as never)).toThrow(expect.objectContaining({ code: "invalid_option", message: "a set is made of a list: [{ name, plugin }]" }));
});

test("what is no option of a set is refused", () => {
  expect(() => pluginSet([], { onevent: () => {} } as never)).toThrow(expect.objectContaining({ code: "invalid_option" }));
});
