import { ModuleLines } from "./module-lines.ts";
import { placedFrames } from "./placed-frames.ts";
import { readBuilt } from "./read-built.ts";

/** Says where in its source a plugin broke off, by what was put into its compiled module. */
export const fromBuilt = { ModuleLines, placedFrames, read: readBuilt };
