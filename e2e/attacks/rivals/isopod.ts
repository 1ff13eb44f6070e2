import { createHost } from "@isopod/node";
import { isIsopodError } from "@isopod/core";
import type { Target } from "@isopod/core/testing";

/** Ourselves, with nothing set but what the row asks for. */
export async function isopod(): Promise<Target> {
  const host = createHost();
  return {
    typed: (error) => (isIsopodError(error) ? error : undefined),
    load: async (binary, options) => {
      const plugin = await host.load(binary.bytes(), options);
      return { call: async (op, input, more) => plugin.call(op, input, more as never), dispose: () => plugin.dispose() };
    },
  };
}
