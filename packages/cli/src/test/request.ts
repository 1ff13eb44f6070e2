import type { Report } from "../inspect/report.ts";
import { numbers, parameters } from "../call/numbers.ts";
import { UsageError } from "../failure.ts";
import { asBase64, type Case } from "./cases.ts";
import type { Request, WireInput, WireLoad } from "./wire.ts";

/** The call that a case asks for. Types are read from the file, since in workerd a compiled module no longer tells them. */
export function requestOf({ op, input, config, continues, name }: Case, { abi, exports }: Pick<Report, "abi" | "exports">, load: WireLoad = { abi: undefined, grants: undefined }): Request {
  const types = parameters(exports.find((item) => item.name === op)?.type ?? undefined);
  try {
    return { op, input: (load.abi ?? abi) === "plain" ? numeric(input, types) : wire(input), load, config, continues };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`the case "${name}": ${error.message}`) : error;
  }
}

function wire(input: unknown): WireInput {
  if (input === undefined) return null;
  if (typeof input === "string") return { text: input };
  const base64 = asBase64(input);
  return base64 === undefined ? { json: input } : { base64 };
}

function numeric(input: unknown, types: readonly string[]): WireInput {
  const texts = (input === undefined ? [] : Array.isArray(input) ? input : [input]).map(String);
  return { numbers: numbers(texts, types).map((value) => (typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : String(value))) };
}
