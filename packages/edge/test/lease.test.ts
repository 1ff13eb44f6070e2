import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startWorkerd, type Workerd } from "./workerd.ts";

vi.setConfig({ testTimeout: 30_000 });

let workerd: Workerd;
beforeAll(async () => void (workerd = await startWorkerd()), 30_000);
afterAll(() => workerd.stop());

const moment = (ms: number) => new Promise<string>((resolve) => setTimeout(resolve, ms, "still waiting"));

describe.each(["static", "loader"])("%s: A holds the only instance, suspended in a host function, and B waits", (isolation) => {
  let plugin: string;
  let turn = 0;
  const ask = (path: string, query: Record<string, string>) => workerd.ask(`${path}?${new URLSearchParams({ plugin, ...query })}`) as Promise<{ value?: unknown; code?: string }>;
  const raise = (flag: string) => ask("/raise", { flag: `${flag} ${plugin}` });
  const reached = (name: string) => ask("/until", { flag: `${name}${plugin} reached its host function` });
  const call = (name: string, flags: Record<string, string> = {}, path = "/call") =>
    ask(path, { name: name + plugin, ...Object.fromEntries(Object.entries(flags).map(([key, flag]) => [key, `${flag} ${plugin}`])) });

  beforeEach(async () => {
    plugin = `${isolation}-${++turn}`;
    expect(await ask("/load", { isolation })).toEqual({ value: isolation });
  });

  const served = (name: string) => ({ value: `cba for ${name}${plugin}` });

  test("A ends, B is served", async () => {
    const a = call("a", { hold: "go on" });
    await reached("a");
    const b = call("b");
    expect(await Promise.race([b, moment(150)])).toBe("still waiting");
    await raise("go on");
    expect([await a, await b]).toEqual([served("a"), served("b")]);
  });

  test("A aborts, B is served", async () => {
    const a = call("a", { hold: "never", abort: "abort a" });
    await reached("a");
    const b = call("b");
    expect(await Promise.race([b, moment(150)])).toBe("still waiting");
    await raise("abort a");
    expect(await a).toMatchObject({ code: "aborted" });
    expect(await b).toEqual(served("b"));
    expect(await call("c")).toEqual(served("c"));
  });

  test("A's client disconnects, B is served", async () => {
    const client = new AbortController();
    const query = new URLSearchParams({ plugin, name: `a${plugin}`, hold: "never" });
    const response = await fetch(new URL(`/stream?${query}`, workerd.url), { signal: client.signal });
    await response.body!.getReader().read();
    await reached("a");
    const b = call("b");
    expect(await Promise.race([b, moment(150)])).toBe("still waiting");
    client.abort();
    expect(await b).toEqual(served("b"));
    expect(await call("c")).toEqual(served("c"));
  });

  test("A is cancelled by the request that made it, B is served", async () => {
    const a = call("a", { hold: "never", cancel: "cancel a" }, "/cancelled");
    await reached("a");
    const b = call("b");
    await raise("cancel a");
    expect(await a).toEqual({ value: "cancelled" });
    expect(await b).toEqual(served("b"));
  });

  test("B aborts while it waits, A and C are served", async () => {
    const a = call("a", { hold: "go on" });
    await reached("a");
    const b = call("b", { abort: "abort b" });
    const c = call("c");
    await raise("abort b");
    expect(await b).toMatchObject({ code: "aborted" });
    await raise("go on");
    expect([await a, await c]).toEqual([served("a"), served("c")]);
  });

  test("B aborts while it waits, and its request goes on: its guest never runs, and C is served", async () => {
    const a = call("a", { hold: "go on" });
    await reached("a");
    const b = call("b", { abort: "abort b", linger: "enough" }, "/lingering");
    const c = call("c");
    await moment(50);
    await raise("abort b");
    await ask("/until", { flag: `b${plugin} was told aborted` });
    await raise("go on");
    expect([await a, await c]).toEqual([served("a"), served("c")]);
    await raise("enough");
    expect(await b).toEqual({ value: false });
  });

  test("B is cancelled while it waits, C is served", async () => {
    const a = call("a", { hold: "go on" });
    await reached("a");
    const b = call("b", { cancel: "cancel b" }, "/cancelled");
    await moment(100);
    const c = call("c");
    await raise("cancel b");
    expect(await b).toEqual({ value: "cancelled" });
    await raise("go on");
    expect([await a, await c]).toEqual([served("a"), served("c")]);
  });

  test("all timers are held up for longer than a caller may be silent, A and B are served", async () => {
    const a = call("a", { hold: "go on" });
    await reached("a");
    const b = call("b");
    for (let turns = 2e8, took = 0; took < 700; turns *= 2) {
      const start = performance.now();
      await ask("/block", { turns: String(turns) });
      took = performance.now() - start;
    }
    await moment(100);
    await raise("go on");
    expect([await a, await b]).toEqual([served("a"), served("b")]);
  });

  test("the plugin is disposed by another request, A and B are told", async () => {
    const a = call("a", { hold: "never" });
    await reached("a");
    const b = call("b");
    await moment(50);
    await ask("/dispose", {});
    expect(await a).toMatchObject({ code: "disposed" });
    expect(await b).toMatchObject({ code: "disposed" });
    expect(await call("c")).toMatchObject({ code: "disposed" });
  });

  test("A is cancelled, and the plugin disposed before anybody has missed A", async () => {
    const a = call("a", { hold: "never", cancel: "cancel a" }, "/cancelled");
    await reached("a");
    await raise("cancel a");
    expect(await a).toEqual({ value: "cancelled" });
    expect(await ask("/dispose", {})).toEqual({ value: null });
    expect(await call("b")).toMatchObject({ code: "disposed" });
  });
});

test("loader: a version is let go that a swap has replaced, although a call of it was cancelled", async () => {
  const ask = (path: string, query: Record<string, string> = {}) => workerd.ask(`${path}?${new URLSearchParams({ plugin: "swapped", isolation: "loader", ...query })}`) as Promise<{ value?: unknown }>;
  await ask("/load");
  const a = ask("/cancelled", { name: "a", hold: "never", cancel: "cancel a" });
  await ask("/until", { flag: "a reached its host function" });
  await ask("/raise", { flag: "cancel a" });
  expect(await a).toEqual({ value: "cancelled" });
  const { value: before } = await ask("/dropped");
  await ask("/swap");
  // Who vanished is missed by calls that come later.
  for (let turn = 0; turn < 80; turn++) await Promise.all([ask("/call", { name: "b" }), moment(20)]);
  expect(await ask("/dropped")).toEqual({ value: (before as number) + 1 });
});

test("a static import is loaded at the top level of a module", async () => {
  expect(await workerd.ask("/early")).toEqual({ value: [3, 7] });
});
