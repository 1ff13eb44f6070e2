/** The conformance suite: one list of cases, run by every adapter in its real runtime. */
export { cases } from "./cases/index.ts";
export type { Case, Ground, ProbeName, Row } from "./ground.ts";
export { runSuite } from "./run.ts";
export * from "./attacks/index.ts";
export * from "./fuzz/index.ts";
export * from "./chaos/index.ts";
export { version } from "./versions.ts";
