import { failure, type IsopodError } from "../../errors.ts";
import { compile } from "../../wasm/compile.ts";
import type { Isolation } from "../place.ts";
import type { HostCalls } from "./answering.ts";
import { Fleet } from "./fleet.ts";
import type { WorkerLink } from "./lane.ts";
import { WorkerPlace } from "./worker-place.ts";

/**
 * Guests in workers: compiled here, posted as Modules, instantiated there.
 *
 * @param start gives a worker that runs the adapter's worker script
 * @param size most workers at a time
 * @param calls lets guests call functions of the application, which are refused without it
 */
export function workers(start: () => Promise<WorkerLink>, size: number, calls?: HostCalls): Isolation {
  if (!Number.isInteger(size) || size < 1) throw failure("invalid_option", "workers must be 1 or more");
  const fleet = new Fleet(start, size, calls);
  let plugins = 0;
  return {
    name: "worker",
    fleet,
    compile,
    place: async (program, setup) => {
      const place = new WorkerPlace(++plugins, program, setup, fleet, calls);
      try {
        await place.warm(setup.signal);
      } catch (error) {
        place.dispose(error as IsopodError);
        throw error;
      }
      return place;
    },
    dispose: (error) => fleet.dispose(error),
  };
}
