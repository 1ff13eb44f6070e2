/** Rewriting modules so that limits hold; see `harden`. */
export { harden } from "./harden.ts";
export { manifestOf, type Manifest } from "./manifest.ts";
export type { Policy } from "./policy.ts";
