import { isDeepStrictEqual } from "node:util";
import { asBase64, type Case } from "./cases.ts";
import type { Answer } from "./wire.ts";

/** What is wrong with an answer, in words for a person; undefined where nothing is. */
export interface Difference {
  readonly expected: string;
  readonly got: string;
}

/**
 * Holds an answer against a case.
 *
 * @param first the answer of the first runtime, which an answer must be like where the case expects nothing
 */
export function judge({ output, error }: Case, answer: Answer, first: Answer): Difference | undefined {
  const got = shown(answer);
  if (error) {
    const expected = error.message === undefined ? error.code : `${error.code}: …${error.message}…`;
    return "error" in answer && answer.error.code === error.code && answer.error.message.includes(error.message ?? "") ? undefined : { expected, got };
  }
  if (output === undefined) {
    if ("error" in answer) return { expected: "any output", got };
    return isDeepStrictEqual(answer, first) || "error" in first ? undefined : { expected: `as elsewhere, ${shown(first)}`, got };
  }
  return isOutput(answer, output) ? undefined : { expected: JSON.stringify(output), got };
}

function isOutput(answer: Answer, output: unknown): boolean {
  if ("error" in answer) return false;
  if ("numbers" in answer) {
    const wanted = (Array.isArray(output) ? output : [output]) as unknown[];
    return wanted.length === answer.numbers.length && wanted.every((value, index) => isNumber(answer.numbers[index]!, value));
  }
  const bytes = Buffer.from(answer.base64, "base64");
  if (typeof output === "string") return bytes.equals(Buffer.from(output));
  const base64 = asBase64(output);
  if (base64 !== undefined) return bytes.equals(Buffer.from(base64, "base64"));
  const text = textOf(bytes);
  try {
    return text !== undefined && isDeepStrictEqual(JSON.parse(text), output);
  } catch {
    return false; // it is no JSON
  }
}

/** A number may be given as such, or spelled out where JSON has none: "NaN", "9223372036854775807". */
function isNumber(spelled: string, wanted: unknown): boolean {
  const plain = spelled.replace(/n$/, "");
  return typeof wanted === "number" ? Number(plain) === wanted : plain === wanted;
}

/** An answer in one line. */
export function shown(answer: Answer): string {
  if ("error" in answer) return `${answer.error.code}: ${answer.error.message}`;
  if ("numbers" in answer) return answer.numbers.map((text) => text.replace(/n$/, "")).join(" ") || "nothing";
  const text = textOf(Buffer.from(answer.base64, "base64"));
  return text === undefined ? `{"base64":"${answer.base64}"}` : JSON.stringify(text);
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
