import { afterEach, expect, test, vi } from "vitest";
import type { Plugin, PluginInfo } from "./contract/operations.ts";
import { operationsOver } from "./contract/plugin.ts";
import { failure } from "./errors.ts";
import type { Place } from "./isolate/place.ts";
import { hotSwap, inline, makeHost, everyAbi, Polling, Queue, type Runtime } from "./spi.ts";
import { version } from "./testing/versions.ts";

const runtime: Runtime = { abis: everyAbi(), isolations: [inline(() => new Queue())], swapping: hotSwap(() => new Queue()), open: () => expect.unreachable() };
let host = makeHost(runtime);
afterEach(async () => {
  await host.dispose();
  host = makeHost(runtime);
});

const which = (plugin: Plugin): Promise<number> => plugin.call<number>("version", undefined, { as: "value" });
const whichSync = (plugin: Plugin): number => plugin.callSync<number>("version", undefined, { as: "value" });

test("a host without it refuses, and says what it lacks", async () => {
  const { swapping: _, ...without } = runtime;
  const plugin = await makeHost(without).load(version(1));
  await expect(plugin.swap(version(2))).rejects.toMatchObject({ code: "unsupported" });
  expect(whichSync(plugin)).toBe(1);
});

test("the new version answers from the moment that swap resolves, not before; callSync too", async () => {
  const plugin = await host.load(version(1));
  const swap = plugin.swap(version(2), { health: () => void expect(whichSync(plugin)).toBe(1) });
  expect(whichSync(plugin)).toBe(1);
  await swap;
  expect([whichSync(plugin), await which(plugin)]).toEqual([2, 2]);
});

test("a hundred swaps under load: none failed, none answered by a version that was replaced when it started", async () => {
  const plugin = await host.load(version(0));
  let current = 0;
  const wrong: string[] = [];
  let answered = 0;
  const calls: Promise<void>[] = [];
  for (let number = 1; number <= 100; number++) {
    const swap = plugin.swap(version(number), { health: which });
    for (let count = 0; count < 100; count++) {
      const since = current;
      calls.push(which(plugin).then((by) => {
        answered++;
        if (by < since) wrong.push(`${by} after ${since}`);
      }));
    }
    await swap;
    current = number;
  }
  await Promise.all(calls);
  expect([wrong, answered, whichSync(plugin)]).toEqual([[], 10_000, 100]);
});

test("a version that is not well does not come in, whether health throws, rejects or answers false", async () => {
  const plugin = await host.load(version(1));
  const ill = { aborted: [() => false, async () => false], trap: [() => { throw failure("trap", "ill"); }, async () => Promise.reject(failure("trap", "ill"))] };
  for (const [code, all] of Object.entries(ill)) for (const health of all) await expect(plugin.swap(version(2), { health })).rejects.toMatchObject({ code });
  expect(whichSync(plugin)).toBe(1);
  for (const health of [() => true, () => 0, async () => undefined]) await plugin.swap(version(2), { health });
  expect(whichSync(plugin)).toBe(2);
});

test("options are those of load, but for those named, and for what belongs to one source", async () => {
  const lines: string[] = [];
  const plugin = await host.load(version(1), { abi: "plain", integrity: await digestOf(version(1)), log: ({ message }) => void lines.push(message) });
  await plugin.swap(version(2)); // its digest is another
  expect(plugin.info.abi).toBe("plain");
  await expect(plugin.swap(version(3), { abi: "packed" })).rejects.toMatchObject({ code: "bad_signature" });
  await expect(plugin.swap(version(3), { integrity: await digestOf(version(2)) })).rejects.toMatchObject({ code: "integrity" });
  expect(whichSync(plugin)).toBe(2);
});

test("the trial keeps nothing of the version that it became", async () => {
  const plugin = await host.load(version(1));
  let trial: Plugin | undefined;
  await plugin.swap(version(2), { health: (next) => void (trial = next) });
  await expect(which(trial!)).rejects.toMatchObject({ code: "disposed" });
  await trial!.dispose();
  expect(whichSync(plugin)).toBe(2);
});

test("a swap that was given up does not come later", async () => {
  const plugin = await host.load(version(1));
  const controller = new AbortController();
  let well!: () => void;
  let swap!: Promise<void>;
  await new Promise<void>((tried) => {
    const health = (): Promise<void> => (tried(), new Promise((resolve) => (well = resolve)));
    swap = plugin.swap(version(2), { signal: controller.signal, health });
  });
  controller.abort(new Error("tired"));
  await expect(swap).rejects.toMatchObject({ code: "aborted", cause: new Error("tired") });
  well();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(whichSync(plugin)).toBe(1);
  await plugin.swap(version(3));
  expect(whichSync(plugin)).toBe(3);
});

test("one that is asked for last comes last, also where those before it have to look for their turn", async () => {
  const polling = makeHost({ ...runtime, swapping: hotSwap(() => new Polling()) });
  const plugin = await polling.load(version(0));
  let well!: () => void;
  const first = plugin.swap(version(1), { health: () => new Promise<void>((resolve) => (well = resolve)) });
  const second = plugin.swap(version(2));
  await vi.waitFor(() => well());
  await first;
  await plugin.swap(version(3));
  await second;
  expect(whichSync(plugin)).toBe(3);
  await polling.dispose();
});

test("a swap whose signal has fired does not wait for those before it", async () => {
  const plugin = await host.load(version(1));
  const before = plugin.swap(version(2), { health: () => new Promise(() => {}) });
  before.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(plugin.swap(version(3), { signal: AbortSignal.abort("tired") })).rejects.toMatchObject({ code: "aborted", cause: "tired" });
});

test("dispose, at whatever moment, lets go of both versions, and once", async () => {
  const info = { isolation: "inline" } as PluginInfo;
  for (let moment = 0; moment < 20; moment++) {
    const dispose = [vi.fn(), vi.fn()];
    const over = (version: number): Plugin => {
      const place: Place = { run: () => new Promise(() => {}), runSync: () => {}, runMany: () => [], dispose: dispose[version]! };
      const swaps = hotSwap(() => new Queue())(place, info, {}, async () => over(1));
      const plugin = operationsOver(swaps, info, () => {});
      swaps.give(plugin);
      return plugin;
    };
    const plugin = over(0);
    void plugin.call("runs on");
    const swap = plugin.swap("").catch(() => {});
    for (let turns = 0; turns < moment; turns++) await undefined;
    await plugin.dispose();
    await swap;
    expect([moment, ...dispose.map(({ mock }) => mock.calls.length)]).toEqual([moment, 1, 1]);
  }
});

test("dispose of the host settles swaps under way", async () => {
  const plugin = await host.load(version(1));
  const swaps = [plugin.swap(version(2), { health: () => new Promise(() => {}) }), plugin.swap(version(3))];
  const outcome = Promise.allSettled(swaps);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await host.dispose();
  expect((await outcome).map((one) => (one as PromiseRejectedResult).reason.code)).toEqual(["disposed", "disposed"]);
});

async function digestOf(bytes: Uint8Array): Promise<string> {
  const { digest } = await import("./source/verify.ts");
  return digest(bytes);
}

test("a version is let go although a request vanished with a call of it, and not before those that live have ended", async () => {
  vi.useFakeTimers();
  try {
    const gone: number[] = [];
    let answer: (() => void)[] = [];
    const make = (number: number): Plugin => {
      const place: Place = { run: () => new Promise((resolve) => answer.push(() => resolve(undefined))), runSync: () => {}, runMany: () => [], dispose: () => void gone.push(number) };
      const swaps = hotSwap(() => new Polling())(place, {} as PluginInfo, {}, async (next) => make(next as never));
      const plugin = operationsOver(swaps, {} as PluginInfo, () => {});
      swaps.give(plugin);
      return plugin;
    };
    const plugin = make(1);
    void plugin.call("op", "vanishes");
    await vi.advanceTimersByTimeAsync(0); // what comes later is another request
    vi.clearAllTimers();
    answer = [];
    void plugin.call("op", "lives");
    await plugin.swap(2 as never);
    void plugin.call("op", "of the new version");
    await vi.advanceTimersByTimeAsync(20_000);
    expect([gone, answer.length]).toEqual([[], 2]);
    answer[0]!();
    await vi.advanceTimersByTimeAsync(0);
    expect(gone).toEqual([1]);
    answer[1]!();
    await vi.advanceTimersByTimeAsync(0);
    expect([gone, vi.getTimerCount()]).toEqual([[1], 0]);
  } finally {
    vi.useRealTimers();
  }
});
