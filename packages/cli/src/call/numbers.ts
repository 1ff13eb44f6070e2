import type { Numeric } from "@isopod/core";
import { UsageError } from "../failure.ts";

/** The parameters in a type as `signature` spells it: `(i32, i64) -> i32`. */
export function parameters(type: string | undefined): string[] {
  const [, inside = ""] = /^\(([^)]*)\)/.exec(type ?? "") ?? [];
  return inside === "" ? [] : inside.split(", ");
}

/**
 * What was typed, as the numbers that the parameters want. How many there must be, the plugin says.
 *
 * @throws UsageError
 */
export function numbers(texts: readonly string[], wanted: readonly string[]): Numeric[] {
  return texts.map((text, index) => {
    const value = wanted[index] === "i64" ? integer(text) : decimal(text);
    if (value !== undefined) return value;
    throw new UsageError(`parameter ${index + 1} must be ${wanted[index] === "i64" ? "an integer" : "a number"}, not "${text}"`);
  });
}

function integer(text: string): bigint | undefined {
  return /^[+-]?\d+$|^0x[\da-f]+$/i.test(text) ? BigInt(text.replace(/^\+/, "")) : undefined;
}

function decimal(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && (text === "NaN" || !Number.isNaN(value)) ? value : undefined;
}
