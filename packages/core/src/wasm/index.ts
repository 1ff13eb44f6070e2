/** The bounded parser by itself: what a module says it is, without compiling it. */
export { catchesBy } from "./harden/index.ts";
export { inspect } from "./inspect.ts";
export { inspectModule } from "./module.ts";
export { functionNames } from "./names.ts";
export { survey } from "./survey.ts";
export type { Export, FunctionType, Import, Inspected, Kind, MemoryType, Section, Survey, ValueType } from "./types.ts";
