import { type ErrorRecord, IsopodError } from "@isopod/core";
import { revive } from "@isopod/core/spi";
import { RUN_MS } from "../../shared/berth.ts";
import type { Timings } from "../../shared/measure.mjs";
import { startWorkerd } from "../../workerd/start.mjs";
import type { ServerBerth } from "./index.ts";
import { Turns } from "./turns.ts";

/** A loaded worker stays for a while after its last call, so workerd starts anew when there have been many. */
const MOST_RUNS = 200;

type Running = Awaited<ReturnType<typeof startWorkerd>>;

/** workerd, each plugin in a worker of its own by the Worker Loader. */
export function workerdBerth(): ServerBerth {
  const turns = new Turns();
  let started: Promise<Running> | undefined;
  let runs = 0;
  const warm = new WeakSet<Running>();

  const start = () => {
    if (runs++ >= MOST_RUNS) {
      runs = 0;
      void started?.then(({ stop }) => stop(), () => {});
      started = undefined;
    }
    started ??= startWorkerd().catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };

  /** A guest that never returns freezes the whole process: it is ended, by its id, and another is started at once. */
  const ask = async (path: string, plugin: Uint8Array, op: string, input: Uint8Array): Promise<Response> => {
    const running = await start();
    try {
      return await answered(new URL(`${path}?${new URLSearchParams({ op, size: String(plugin.length) })}`, running.url), Buffer.concat([plugin, input]));
    } catch (error) {
      if ((error as Error).name !== "TimeoutError") throw error;
      running.kill();
      started = undefined;
      void start().catch(() => {});
      throw new IsopodError("aborted", `the plugin did not return within ${RUN_MS / 1000} s and froze workerd, which was ended and started again`, { cause: error });
    }
  };

  return {
    run: (plugin, op, input) =>
      turns.take(async () => {
        const running = await start();
        // The first of all compiles what the plugin runs on, which is not its own: it runs once more.
        if (!warm.has(running)) await ask("/run", plugin, op, input);
        warm.add(running);
        const from = performance.now();
        const output = new Uint8Array(await (await ask("/run", plugin, op, input)).arrayBuffer());
        return { output, coldMs: Math.round((performance.now() - from) * 100) / 100 };
      }),
    timings: (plugin, op, input) => turns.take(async () => (await ask("/timings", plugin, op, input)).json() as Promise<Timings>),
    async close() {
      await (await started?.catch(() => undefined))?.stop();
    },
  };
}

async function answered(url: URL, body: Uint8Array): Promise<Response> {
  const response = await fetch(url, { method: "POST", body: body as Uint8Array<ArrayBuffer>, signal: AbortSignal.timeout(RUN_MS) });
  if (response.ok) return response;
  throw revive((await response.json()) as ErrorRecord);
}
