import type { Input, Numeric } from "@isopod/core";
import { parameters } from "../call/numbers.ts";
import type { Report } from "../inspect/report.ts";

/** One call that can be made without knowing what the plugin is for. */
export interface Generic {
  readonly op: string;
  readonly input: Input | readonly Numeric[];
  readonly as: "value" | "bytes";
}

/** More operations say nothing new. */
const MOST_OPERATIONS = 6;
const TEXTS = ["", '{"a":1}'];

/** waPC names no operations. Kubewarden's policies know this one, others refuse it in words. */
const WAPC = "protocol_version";

/** Calls for any plugin: zeros and ones where it wants numbers, else nothing and a little JSON. */
export function generic({ abi, operations, exports }: Pick<Report, "abi" | "operations" | "exports">): Generic[] {
  const ops = abi === "wapc" ? [WAPC] : operations.slice(0, MOST_OPERATIONS);
  if (abi !== "plain") return ops.flatMap((op) => TEXTS.map((input): Generic => ({ op, input, as: "bytes" })));
  return ops.flatMap((op) => {
    const types = parameters(exports.find(({ name, kind }) => name === op && kind === "function")?.type ?? undefined);
    return [0, 1].map((number): Generic => ({ op, input: types.map((type) => (type === "i64" ? BigInt(number) : number)), as: "value" }));
  });
}
