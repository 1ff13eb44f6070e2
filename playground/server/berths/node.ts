import { createHost, type Host, IsopodError, isIsopodError } from "@isopod/node";
import { RUN_MS } from "../../shared/berth.ts";
import { once, timed } from "../../shared/once.mjs";
import type { ServerBerth } from "./index.ts";
import { Turns } from "./turns.ts";

const lent = new URL("../../public/lent.js", import.meta.url);

/** Node, in a worker thread that is ended when a plugin does not return. */
export function nodeBerth(): ServerBerth {
  const turns = new Turns();
  let host: Host | undefined;
  let warm = false;
  const wanted = (plugin: Uint8Array, op: string, input: Uint8Array) => ({ plugin, op, input, ms: RUN_MS, options: { functions: lent } });
  const inTurn = <T>(work: (host: Host) => Promise<T>): Promise<T> => turns.take(() => work((host ??= createHost({ workers: 1 }))).catch((error) => Promise.reject(inWords(error))));

  return {
    run: (plugin, op, input) =>
      inTurn(async (host) => {
        // The first of all starts the thread, which is no plugin's doing: it runs once more.
        if (!warm) await once(host, wanted(plugin, op, input));
        warm = true;
        return once(host, wanted(plugin, op, input));
      }),
    timings: (plugin, op, input) => inTurn((host) => timed(host, wanted(plugin, op, input))),
    async close() {
      await host?.dispose();
    },
  };
}

function inWords(error: unknown): unknown {
  if (!isIsopodError(error) || (error.code !== "aborted" && error.code !== "disposed")) return error;
  return new IsopodError("aborted", `the plugin did not return within ${RUN_MS / 1000} s, so its worker thread was ended`, { cause: error });
}
