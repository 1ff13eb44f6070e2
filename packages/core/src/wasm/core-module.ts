import { failure } from "../errors.ts";
import { inspect } from "./inspect.ts";
import type { Inspected } from "./types.ts";

/** Reads a binary that is about to be loaded. @throws `bad_module`, `unsupported` for a component, which does not run yet */
export function inspectCoreModule(bytes: Uint8Array): Inspected {
  return mustBeCore(inspect(bytes));
}

/** The same of one that was read already. @throws `unsupported` */
export function mustBeCore(inspected: Inspected): Inspected {
  if (inspected.form === "component") throw failure("unsupported", "components do not run yet: build a core module", { abi: "component" });
  return inspected;
}
