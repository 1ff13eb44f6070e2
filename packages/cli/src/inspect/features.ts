/** A feature beyond the first WebAssembly, and by which names a module says that it has it. */
export interface Feature {
  readonly name: string;
  /** What the parser calls it that saw it in types or sections: an engine without it refuses the module. */
  readonly seen: readonly string[];
  /** What a toolchain calls it that was allowed to use it, which it need not have done. */
  readonly named: readonly string[];
}

const feature = (name: string, seen: readonly string[] = [], named: readonly string[] = []): Feature => ({ name, seen, named });

/** Names on the right are LLVM's, from the section `target_features`. */
export const FEATURES: readonly Feature[] = [
  feature("bulk memory", [], ["bulk-memory", "bulk-memory-opt"]),
  feature("sign extension", [], ["sign-ext"]),
  feature("saturating conversions", [], ["nontrapping-fptoint"]),
  feature("mutable globals", [], ["mutable-globals"]),
  feature("multi-value", ["multi-value"], ["multivalue"]),
  feature("reference types", ["reference-types"], ["call-indirect-overlong"]),
  feature("SIMD", ["simd"], ["simd128"]),
  feature("relaxed SIMD", [], ["relaxed-simd"]),
  feature("tail calls", [], ["tail-call"]),
  feature("extended constants", [], ["extended-const"]),
  feature("multi-memory", ["multi-memory"], ["multimemory"]),
  feature("memory64", ["memory64"]),
  feature("shared memory", ["shared-memory"]),
  feature("atomics", [], ["atomics"]),
  feature("legacy exceptions"),
  feature("exnref"),
  feature("GC", ["gc"]),
  feature("wide arithmetic", [], ["wide-arithmetic"]),
  feature("custom page sizes", [], ["custom-page-sizes"]),
  feature("custom descriptors", [], ["custom-descriptors"]),
];

/** What the parser and LLVM call exceptions. */
const EXCEPTIONS: readonly string[] = ["exceptions", "exception-handling"];
/** What it takes to run them, by what code catches them with. To throw is the same in both encodings. */
const ENCODINGS = { try: ["legacy exceptions"], try_table: ["exnref"], nothing: ["exceptions"], unread: ["legacy exceptions", "exnref"] };
/** By what code catches exceptions, where it could be read. */
export type Catches = keyof typeof ENCODINGS;

/** One feature of one module. */
export interface Used {
  readonly name: string;
  /** Whether an engine without it certainly refuses the module. */
  readonly certain: boolean;
  /** The features, by their names in the table, of which it is one: itself, mostly. */
  readonly oneOf: readonly string[];
}

/**
 * The features of a module by their names here, each once. What no entry knows keeps its own name, and is not certain.
 *
 * @param catches which of the two encodings of exceptions it has, as only code says that
 */
export function featuresOf(names: readonly string[], catches: Catches = "unread"): Used[] {
  const used = new Map<string, Used>();
  for (const given of names) {
    const known = FEATURES.find(({ seen, named }) => seen.includes(given) || named.includes(given));
    const caught = EXCEPTIONS.includes(given);
    const oneOf = caught ? ENCODINGS[catches] : [known?.name ?? given];
    const name = oneOf.join(" or ");
    const certain = (caught ? oneOf.length === 1 : known?.seen.includes(given) === true) || used.get(name)?.certain === true;
    used.set(name, { name, certain, oneOf });
  }
  return [...used.values()];
}
