/** Where in its source a plugin broke off; see `placedFrames`. */
export { ModuleLines } from "./module-lines.ts";
export { placedFrames } from "./placed-frames.ts";
export { carryingLines } from "./carry-in.ts";
export { readBuilt, type Read } from "./read-built.ts";
export { readBytes } from "./read-bytes.ts";
