import { IsopodError } from "../errors.ts";
import type { Export, FunctionType, Inspected } from "../wasm/types.ts";

/** `(i32, i32) -> i64`, as WAT would say it; undefined where the bytes were not at hand. */
export function signature(type: FunctionType | undefined): string | undefined {
  return type && `(${type.params.join(", ")}) -> ${type.results.length === 1 ? type.results[0] : `(${type.results.join(", ")})`}`;
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
  const item = inspected.exports.find((candidate) => candidate.name === op);
  if (!item) {
    const names = inspected.exports.filter(fits).map(({ name }) => name);
    throw new IsopodError("missing_export", `the plugin has no operation "${op}"; it has ${names.slice(0, 20).join(", ") || "none"}`, { details: { operations: names } });
  }
  if (!fits(item)) {
    const found = item.kind === "function" ? signature(item.type) : `a ${item.kind}`;
    throw new IsopodError("bad_signature", `the export "${op}" is ${found}, and an operation of this ABI is ${expected}`);
  }
  return exports[op] as Function;
}
