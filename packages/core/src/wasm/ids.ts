/** Ids of the sections that are looked into; the toolchain's own list of features stands in the place of custom ones. */
export const FEATURES = 0;
export const TYPES = 1;
export const IMPORTS = 2;
export const FUNCTIONS = 3;
export const MEMORIES = 5;
export const EXPORTS = 7;
export const START = 8;
export const TAGS = 13;
