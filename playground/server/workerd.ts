import type { PluginInfo } from "@isopod/core";
import { IsopodError } from "@isopod/core";
import { CALL_MS, type Opened } from "../shared/lane.ts";
import type { Timings } from "../shared/measure.mjs";
import { startWorkerd } from "../workerd/start.mjs";
import type { ServerLane } from "./lanes.ts";

type Started = Awaited<ReturnType<typeof startWorkerd>> & { readonly info: PluginInfo; readonly coldMs: number };

/** workerd, the plugin imported statically, as a deployed worker would have it. */
export function workerdLane(plugin: string): ServerLane {
  let started: Promise<Started> | undefined;

  const start = () => {
    started ??= boot(plugin).catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };

  const ask = async (path: string, op: string, input: Uint8Array): Promise<Response> => {
    const running = await start();
    const url = new URL(`${path}?${new URLSearchParams({ op })}`, running.url);
    try {
      return await answered(url, input);
    } catch (error) {
      // A guest that never returns freezes the whole process: it is ended, and the next call starts another.
      if ((error as Error).name === "TimeoutError") {
        started = undefined;
        await running.stop();
      }
      throw error;
    }
  };

  return {
    async open(): Promise<Opened> {
      const { info, coldMs } = await start();
      return { runtime: "workerd", info, coldMs };
    },
    call: async (op, input) => new Uint8Array(await (await ask("/call", op, input)).arrayBuffer()),
    timings: async (op, input) => (await ask("/timings", op, input)).json() as Promise<Timings>,
    async close() {
      await (await started?.catch(() => undefined))?.stop();
    },
  };
}

/** The module was compiled when workerd started, so cold is the first request: instance and answer. */
async function boot(plugin: string): Promise<Started> {
  const running = await startWorkerd(plugin);
  try {
    const from = performance.now();
    await answered(new URL("/call?op=validate", running.url), new TextEncoder().encode("{}"));
    const coldMs = Math.round((performance.now() - from) * 100) / 100;
    const info = (await (await answered(new URL("/info", running.url))).json()) as PluginInfo;
    return { ...running, info, coldMs };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function answered(url: URL, body: Uint8Array = new Uint8Array()): Promise<Response> {
  const response = await fetch(url, { method: "POST", body: body as Uint8Array<ArrayBuffer>, signal: AbortSignal.timeout(CALL_MS) });
  if (response.ok) return response;
  const { code, message } = (await response.json()) as { code: "internal"; message: string };
  throw new IsopodError(code, message);
}
