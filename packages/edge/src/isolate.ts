import { IsopodError } from "@isopod/core";
import type { FunctionTable, Isolation } from "@isopod/core/spi";
import type { WorkerLoader } from "./binding.ts";
import { Uncompiled } from "./code.ts";
import { LoadedPlace } from "./place.ts";

/**
 * Guests in workers that are loaded at run time, one worker a plugin: what compiles bytes on the edge.
 *
 * Every `load` has a worker of its own, under an id that is used once. An id made of the bytes' digest would save
 * loading the same bytes again, but then two plugins, perhaps of two tenants, would share instances and variables, and
 * one host's `dispose` would end the other's calls.
 */
export function loader(binding: WorkerLoader): Isolation {
  return {
    name: "loader",
    compile: async (bytes) => new Uncompiled(bytes),
    place: async (program, { functions, limits, log }) => {
      for (const { module } of [program.main, ...Object.values(program.modules)]) {
        if (!((module as unknown) instanceof Uncompiled)) throw new IsopodError("unsupported", "the Worker Loader takes bytes, not a compiled Module: load all modules of a plugin as bytes, or all as static imports");
      }
      if (!(functions instanceof Map)) throw new IsopodError("unsupported", "a loaded worker can import no module by URL: pass `functions` as an object");
      const place = new LoadedPlace(binding, program, functions as FunctionTable, limits, log);
      await place.warm();
      return place;
    },
    dispose: () => {},
  };
}
