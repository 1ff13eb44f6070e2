import { failure } from "../errors.ts";
import type { Export, FunctionType, Inspected } from "../wasm/types.ts";

/** `(i32, i32) -> i64`, as WAT would say it; undefined where the bytes were not at hand. */
export function signature(type: FunctionType | undefined): string | undefined {
  const results = type?.results.join(", ");
  return type && `(${type.params.join(", ")}) -> ${type.results.length === 1 ? results : `(${results})`}`;
}

/** The first of many names, for a message. */
export function few(names: readonly string[]): string {
  return (names.slice(0, 20).join(", ") || "none") + (names.length > 20 ? ` and ${names.length - 20} more` : "");
}

/** Exports that start a module, and are no operations: a reactor's, a command's, the bare constructors, Haskell's. */
export const STARTERS: readonly string[] = ["_initialize", "_start", "__wasm_call_ctors", "hs_init"];

export function isStarter({ name }: Export): boolean {
  return STARTERS.includes(name);
}

export function exported(inspected: Inspected, name: string, kind: Export["kind"] = "function"): Export | undefined {
  return inspected.exports.find((item) => item.name === name && item.kind === kind);
}

/** True where the export is a function of this signature, or one whose signature is not known. */
export function isOfType(item: Export, expected: string): boolean {
  return item.kind === "function" && (item.type === undefined || signature(item.type) === expected);
}

/**
 * The exported function that serves an operation.
 * @throws `missing_export`, `bad_signature`
 */
export function operation(inspected: Inspected, exports: Readonly<Record<string, unknown>>, op: string, fits: (item: Export) => boolean, expected: string): Function {
  const item = inspected.exports.find(({ name }) => name === op);
  if (item && fits(item)) return exports[op] as Function;
  if (item) throw failure("bad_signature", `"${op}" is ${signature(item.type) ?? item.kind}, not ${expected}`);
  const operations = inspected.exports.filter(fits).map(({ name }) => name);
  throw failure("missing_export", `there is no operation "${op}", only ${few(operations)}`, { operations });
}
