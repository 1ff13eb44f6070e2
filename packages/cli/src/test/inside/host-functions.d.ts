import type { Functions } from "@isopod/core";

/** The host functions of whoever tests, or none: a module beside the bundled script. */
export const functions: Functions;
