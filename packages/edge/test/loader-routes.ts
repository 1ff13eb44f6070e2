// What the tests ask of the Worker Loader.
import { env as early } from "cloudflare:workers";
import extismBytes from "../../../guests/dist/extism-c.wasm?bytes";
import packedModule from "../../../guests/dist/packed-c.wasm";
import packedBytes from "../../../guests/dist/packed-c.wasm?bytes";
import { createHost, isIsopodError, packed, type WorkerLoader } from "@isopod/edge";
import type { Routes } from "./worker.ts";

/** `(module (func (result i32)))`: names and types are in order, the body is not. */
const INVALID = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 114, 117, 110, 0, 0, 10, 4, 1, 2, 0, 11]);
const functions = { env: { reverse: async (bytes: Uint8Array, { context }: { context: unknown }) => `${new TextDecoder().decode(bytes.reverse())} for ${String(context)}` } };
const extismFunctions = { "extism:host/user": functions.env };
const text = { as: "text" } as const;

const tooEarly = load((early as { LOADER: WorkerLoader }).LOADER).then(
  () => undefined,
  (error: unknown) => error,
);

export const loaderRoutes: Routes = {
  "/loader/apart": async (_, { LOADER }) => {
    const [one, two] = [await load(LOADER), await load(LOADER)];
    return [await one.call("count", "", text), await one.call("count", "", text), await two.call("count", "", text)];
  },

  "/loader/evicted": async (_, { LOADER }) => {
    let worker = 0;
    const evicting: WorkerLoader = { get: (id, code) => LOADER.get(`${id}-${worker}`, code) };
    const plugin = await createHost({ loader: evicting }).load(extismBytes, { functions: extismFunctions });
    const counts = [];
    for (worker = 1; worker <= 4; worker++) counts.push(await plugin.call("var", "n", text));
    return counts;
  },

  "/loader/unlimited": async (_, { LOADER }) => {
    const host = createHost({ loader: LOADER });
    const limits = { memory: "unlimited", tables: "unlimited", fuel: "unlimited", time: "unlimited", input: "unlimited", output: "unlimited", hostCalls: "unlimited" } as const;
    const free = await host.load(extismBytes, { functions: extismFunctions, limits });
    const counts = [await free.call("var", "n", text)];
    for (const next of [{}, limits, {}]) {
      await free.swap(extismBytes, { limits: next });
      counts.push(await free.call("var", "n", text));
    }
    return counts;
  },

  /** The first call is answered when two newer versions are there, the last of which runs already. */
  "/loader/late": async (_, { LOADER }) => {
    let answered = (): void => {};
    let held: Promise<void> | undefined = new Promise((resolve) => (answered = resolve));
    const late: WorkerLoader = {
      get: (id, code) => {
        const loaded = LOADER.get(id, code).getEntrypoint() as Record<string, (...args: unknown[]) => Promise<unknown>>;
        const call = async (...args: unknown[]) => {
          const wait = held;
          held = undefined;
          const answer = await loaded["call"]!(...args);
          await wait;
          return answer;
        };
        return { getEntrypoint: () => ({ call, load: () => loaded["load"]!(), drop: () => loaded["drop"]!() }) };
      },
    };
    const plugin = await createHost({ loader: late }).load(extismBytes, { functions: extismFunctions });
    const first = plugin.call("var", "n", text);
    for (let version = 2; version <= 3; version++) await plugin.swap(extismBytes);
    await plugin.call("log", "it runs");
    answered();
    return [await first, await plugin.call("var", "n", text)];
  },

  /** How many workers are loaded for a plugin that is swapped, and disposed of before it is called again. */
  "/loader/disposed": async (_, { LOADER }) => {
    const ids = new Set<string>();
    const counting: WorkerLoader = { get: (id, code) => (ids.add(id), LOADER.get(id, code)) };
    const plugin = await createHost({ loader: counting }).load(extismBytes, { functions: extismFunctions });
    await plugin.swap(extismBytes);
    await plugin.dispose();
    return ids.size;
  },

  "/loader/contexts": async (_, { LOADER }) => {
    const plugin = await load(LOADER, { limits: { concurrency: 2 } });
    return Promise.all(["x", "y", "z"].map((context) => plugin.call("host", "abc", { ...text, context })));
  },

  "/loader/log": async (_, { LOADER }) => {
    const lines: string[] = [];
    const seen: string[][] = [];
    const plugin = await createHost({ loader: LOADER }).load(extismBytes, { functions: extismFunctions, log: ({ level, message }) => lines.push(`${level} ${message}`) });
    await plugin.call("log", "one");
    seen.push([...lines]);
    await plugin.callMany("log", ["two"]);
    seen.push([...lines]);
    await plugin.call("log", "three");
    await plugin.call("trap", "").catch(() => {});
    seen.push([...lines]);
    return seen;
  },

  "/loader/large": async (_, { LOADER }) => {
    const plugin = await load(LOADER);
    const code = (error: unknown) => (isIsopodError(error) ? error.code : String(error));
    return [
      await plugin.call("echo", new Uint8Array(40_000_000)).catch(code),
      await plugin.call("big", "30000000").catch(code),
      (await plugin.call("big", "20000000")).length,
      await plugin.call("host", "abc", { context: "x".repeat(40_000_000) }).catch(code),
      await plugin.call("echo", "abc", text),
    ];
  },

  "/loader/sync": async (_, { LOADER }) => (await load(LOADER)).callSync("echo", "abc"),
  "/loader/functions-url": (_, { LOADER }) => load(LOADER, { functions: new URL("https://example.com/functions.js") }),
  "/loader/module": (_, { LOADER }) => createHost({ loader: LOADER, isolation: "loader" }).load(packedModule, { functions }),
  "/loader/abi": (_, { LOADER }) => createHost({ loader: LOADER, abis: [{ ...packed(), name: "mine" }] }).load(packedBytes, { functions }),
  "/loader/invalid": (_, { LOADER }) => createHost({ loader: LOADER }).load(INVALID),
  "/loader/no-binding": () => createHost().load(packedBytes, { functions }),
  "/loader/bad-binding": () => createHost({ loader: {} as WorkerLoader }),
  "/loader/top-level": async () => {
    throw await tooEarly;
  },
};

function load(LOADER: WorkerLoader, options: object = {}) {
  return createHost({ loader: LOADER }).load(packedBytes, { functions, ...options });
}
