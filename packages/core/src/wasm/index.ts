/** The binary, read without being compiled. */
export { inspect, inspectModule } from "./inspect.ts";
export { functionNames } from "./names.ts";
export type * from "./types.ts";
