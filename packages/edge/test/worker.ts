// What the tests ask of workerd, each path a request of its own.
import packedModule from "../../../guests/dist/packed-c.wasm";
import packedBytes from "../../../guests/dist/packed-c.wasm?bytes";
import plainModule from "../../../guests/dist/plain-c.wasm";
import { createHost, isIsopodError, type Plugin, type WorkerLoader } from "@isopod/edge";
import type { Loaded } from "../src/loaded/protocol.ts";
import { loaderRoutes } from "./loader-routes.ts";

export interface Env {
  readonly LOADER: WorkerLoader;
  readonly SELF: { fetch(url: string, init: { signal: AbortSignal }): Promise<Response> };
}

/** Loaded at the top level, where workerd allows no I/O. */
const early = await createHost().load(plainModule);
const promised = createHost().load(plainModule);

const plugins = new Map<string, Plugin>();
const flags = new Map<string, string>();
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const until = async (flag: string) => {
  while (!flags.has(flag)) await sleep(5);
};

/** Answers at once, or holds the guest until a flag is raised, as the call's own context says. */
const functions = {
  env: {
    reverse: async (bytes: Uint8Array, { context }: { context: unknown }) => {
      const { name, hold } = context as { name: string; hold?: string };
      flags.set(`${name} reached its host function`, "");
      if (hold) await until(hold);
      return `${new TextDecoder().decode(bytes.slice().reverse())} for ${name}`;
    },
  },
};

export type Routes = Record<string, (query: URLSearchParams, env: Env) => unknown>;

const routes: Routes = {
  "/early": async () => [await early.call("add", [1, 2]), await (await promised).call("add", [3, 4])],

  /** Loads a plugin for the requests to come. */
  "/load": async (query, env) => {
    const isolation = query.get("isolation");
    const host = createHost({ loader: telling(env.LOADER) });
    plugins.set(query.get("plugin")!, await host.load(isolation === "static" ? packedModule : packedBytes, { functions, limits: { concurrency: 1 } }));
    return isolation;
  },
  "/swap": (query) => plugins.get(query.get("plugin")!)!.swap(query.get("isolation") === "static" ? packedModule : packedBytes),
  "/dropped": () => [...flags.keys()].filter((flag) => flag.startsWith("dropped")).length,
  "/raise": (query) => flags.set(query.get("flag")!, "").size,
  "/until": (query) => until(query.get("flag")!),
  "/dispose": (query) => plugins.get(query.get("plugin")!)!.dispose(),
  /** Holds up every request of this process: its clock stands still meanwhile, so this is counted in turns. */
  "/block": (query) => {
    let sum = 0;
    for (let turn = Number(query.get("turns")); turn > 0; turn--) sum += turn & 3;
    return sum;
  },

  /** Calls the guest, which calls the host, which waits for the flag `hold`; aborts at the flag `abort`. */
  "/call": (query) => call(query),
  /** The same, in a request that goes on until the flag `linger`. Whether the call has reached its host function. */
  "/lingering": async (query) => {
    const name = query.get("name")!;
    await call(query).catch((error: unknown) => flags.set(`${name} was told ${isIsopodError(error) ? error.code : String(error)}`, ""));
    await until(query.get("linger")!);
    return flags.has(`${name} reached its host function`);
  },
  ...loaderRoutes,
  /** The same, in a subrequest that is cancelled at the flag `cancel`. */
  "/cancelled": async (query, env) => {
    const controller = new AbortController();
    void until(query.get("cancel")!).then(() => controller.abort());
    return env.SELF.fetch(`http://self/call?${query}`, { signal: controller.signal }).then(
      () => "served",
      () => "cancelled",
    );
  },
};

/** Raises a flag for each loaded worker that is told to let go. */
function telling(loader: WorkerLoader): WorkerLoader {
  return {
    get: (id, code) => {
      const loaded = loader.get(id, code).getEntrypoint() as Loaded;
      const drop = () => (flags.set(`dropped ${id}`, ""), loaded.drop());
      return { getEntrypoint: () => ({ load: () => loaded.load(), call: (...args: Parameters<Loaded["call"]>) => loaded.call(...args), giveUp: (call: number) => loaded.giveUp(call), drop }) };
    },
  };
}

async function call(query: URLSearchParams): Promise<string> {
  const controller = new AbortController();
  const abort = query.get("abort");
  if (abort) void until(abort).then(() => controller.abort());
  const name = query.get("name")!;
  const hold = query.get("hold") ?? undefined;
  return plugins.get(query.get("plugin")!)!.call("host", "abc", { as: "text", signal: controller.signal, context: { name, hold } });
}

/** Sends something now and then while the call is under way, so that the server notices that its client has left. */
function stream(query: URLSearchParams): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const tick = async () => {
    for (;;) {
      await writer.write(new Uint8Array(65_536));
      await sleep(20);
    }
  };
  tick().catch(() => {});
  call(query).catch(() => {});
  return new Response(readable);
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/stream") return stream(searchParams);
    try {
      return Response.json({ value: (await routes[pathname]!(searchParams, env)) ?? null });
    } catch (error) {
      return Response.json(isIsopodError(error) ? { code: error.code, message: error.message } : { code: "foreign", message: String((error as Error).stack) });
    }
  },
};
