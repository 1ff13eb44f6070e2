import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startWorkerd, type Workerd } from "./workerd.ts";

vi.setConfig({ testTimeout: 30_000 });

let workerd: Workerd;
beforeAll(async () => void (workerd = await startWorkerd()), 30_000);
afterAll(() => workerd.stop());

const ask = (path: string) => workerd.ask(path) as Promise<{ value?: unknown; code?: string; message?: string }>;

test("two plugins of the same bytes share nothing", async () => {
  expect(await ask("/loader/apart")).toEqual({ value: ["1", "2", "1"] });
});

test("variables outlive the worker: one that is evicted starts with them again", async () => {
  expect(await ask("/loader/evicted")).toEqual({ value: ["1", "2", "3", "4"] });
});

test("a plugin without any limit runs, and variables survive a swap from and to one that has some", async () => {
  expect(await ask("/loader/unlimited")).toEqual({ value: ["1", "2", "3", "4"] });
});

test("a change that comes when two newer versions have taken over reaches the last", async () => {
  expect(await ask("/loader/late")).toEqual({ value: ["1", "2"] });
});

test("no worker is loaded to be told that its plugin is gone", async () => {
  expect(await ask("/loader/disposed")).toEqual({ value: 2 });
});

test("host functions get the context of their own call", async () => {
  expect(await ask("/loader/contexts")).toEqual({ value: ["cba for x", "cba for y", "cba for z"] });
});

test("log lines arrive before the call they belong to ends, also when it fails", async () => {
  expect(await ask("/loader/log")).toEqual({ value: [["info one"], ["info one", "info two"], ["info one", "info two", "info three"]] });
});

test("what does not fit into an RPC message is a typed error, and the next call works", async () => {
  expect(await ask("/loader/large")).toEqual({ value: ["bad_input", "unsupported", 20_000_000, "host_function", "abc"] });
});

test.each([
  ["/loader/sync", "unsupported", "cannot be called synchronously"],
  ["/loader/functions-url", "unsupported", "pass `functions` as an object"],
  ["/loader/module", "unsupported", "takes bytes, not a compiled Module"],
  ["/loader/abi", "unsupported", 'not "mine"'],
  ["/loader/invalid", "bad_module", "does not accept the module"],
  ["/loader/no-binding", "unsupported", "use a Worker Loader"],
  ["/loader/bad-binding", "invalid_option", "env.LOADER"],
  ["/loader/top-level", "unsupported", "only while a request is served"],
])("%s is refused as %s", async (path, code, words) => {
  const answer = await ask(path);
  expect(answer.code, answer.message).toBe(code);
  expect(answer.message).toContain(words);
});
