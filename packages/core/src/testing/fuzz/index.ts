/** Fuzzing: modules and calls changed by a seed, and whether two runtimes say the same of them. */
export { base64, makeCase, type Seedling } from "./make.ts";
export { alike, broken, codeOf, FUZZ_LIMITS, fuzzOne, type FuzzCase, type Step } from "./run.ts";
