import { ModuleLines } from "./module-lines.ts";
import { placedFrames } from "./placed-frames.ts";
import { readBytes } from "./read-bytes.ts";

/** Says where in its source a plugin broke off, by the bytes that it was loaded from. */
export const fromBytes = { ModuleLines, placedFrames, read: readBytes };
