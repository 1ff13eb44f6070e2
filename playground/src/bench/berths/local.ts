import { IsopodError, isIsopodError } from "@isopod/browser";
import { type Berth, RUN_MS } from "../../../shared/berth.ts";
import { once, timed } from "../../../shared/once.mjs";
import { inPage, inWorker, LENT } from "./hosts.ts";

const options = { functions: LENT };

/** A Web Worker, ended when the plugin does not return. */
export function workerBerth(): Berth {
  const inWords = (error: unknown): never => {
    if (!isIsopodError(error) || (error.code !== "aborted" && error.code !== "disposed")) throw error;
    throw new IsopodError("aborted", `the plugin did not return within ${RUN_MS / 1000} s, so its worker was ended`, { cause: error });
  };
  return {
    run: (plugin, op, input) => once(inWorker(), { plugin, op, input, ms: RUN_MS, options }).catch(inWords),
    timings: (plugin, op, input) => timed(inWorker(), { plugin, op, input, ms: RUN_MS, options }).catch(inWords),
  };
}

/** The page itself, which nothing can take back from a plugin. */
export function pageBerth(): Berth {
  return {
    run: (plugin, op, input) => once(inPage(), { plugin, op, input, options }),
    timings: (plugin, op, input) => timed(inPage(), { plugin, op, input, options }),
  };
}
