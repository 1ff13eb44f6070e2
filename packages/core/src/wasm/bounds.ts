/**
 * How much of everything a module may declare. Engines allow more (a million of most); a plugin needs far less, and
 * what is counted here is held in memory before an engine has looked at it. A count is also never larger than the
 * bytes that are left, so that a small file cannot ask for a large list.
 */
export const MAX_TYPES = 100_000;
/**
 * The same, where limits hold: engines keep each for as long as their process lives, and Node 20 compares it to all that were ever there (5 s for 32,000);
 * where V8 has seen a million, it ends the process. LLVM has 542.
 */
export const MAX_SIGNATURES = 5_000;
/** Parameters of a function, or its results; engines have the same bound. */
export const MAX_VALUES = 1_000;
/** Of a struct; engines have the same bound. */
export const MAX_FIELDS = 10_000;
export const MAX_IMPORTS = 10_000;
export const MAX_EXPORTS = 50_000;
/** Own ones; imported ones count as imports. */
export const MAX_FUNCTIONS = 1_000_000;
/** Of one function, with its parameters; engines have the same bound. */
export const MAX_LOCALS = 50_000;
/**
 * Of one function: what an engine holds while it compiles that, in values (`Labels.weight`). In 30 KB of module is what
 * takes 3 GB, a minute or the process itself, on the first call. Compilers stay below a tenth of this where they optimise;
 * where they do not, the largest function of SQLite comes close.
 */
export const MAX_WEIGHT = 2 ** 25;
/**
 * Of all functions together, and as much more for each byte of the module: or what takes half a second stands there hundreds of times, each compiled when it
 * is first called. Compilers come to 30 a byte, and where they do not optimise to 150.
 */
export const MAX_TOTAL_WEIGHT = 2 ** 27;
export const BYTE_WEIGHT = 512;
/** Values of an exception, where limits hold: engines unpack them wherever it is caught, in 100 bytes of code each, and 8 KB of what optimises that. Compilers need one or two. */
export const MAX_THROWN = 8;
/** Own ones; imported ones count as imports. */
export const MAX_MEMORIES = 100;
/** The same, where limits hold: engines make them at once, and in full. */
export const MAX_TABLES = 100;
/** Custom sections may stand anywhere, in any number. */
export const MAX_SECTIONS = 10_000;
/** Names in a `target_features` section. */
export const MAX_FEATURES = 1_000;
/** UTF-8 bytes; engines have the same bound. */
export const MAX_NAME = 100_000;
