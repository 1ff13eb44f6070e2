/** Rewriting modules so that limits hold; see `harden`. */
export { harden } from "./harden.ts";
export { manifestIn } from "./manifest-in.ts";
export { manifestOf, VERSION, type Manifest } from "./manifest.ts";
export type { Policy } from "./policy.ts";
export { catchesBy } from "./understand.ts";
