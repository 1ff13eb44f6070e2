import { isNumeric, liftShape, replyBytes, replyNumber } from "../../capability/shapes.ts";
import type { FunctionEntry, Shape } from "../../capability/functions.ts";
import type { Marshal } from "../../wait/bind.ts";
import type { Import } from "../../wasm/types.ts";
import type { Kernel } from "./kernel.ts";

/**
 * Host functions of an Extism guest: an i64 is the offset of a block, any other number is itself. Where an i64 is
 * meant as a number, `typed` says so. Without a signature at hand (a bare Module) the values decide.
 */
export function marshalBlocks(kernel: Kernel, entry: FunctionEntry, { type }: Import): Marshal {
  const shapeOf = (index: number, raw: number | bigint): Shape => entry.params?.[index] ?? (typeof raw === "bigint" ? "bytes" : "f64");
  const result = entry.result ?? (type && asShape(type.results[0]));
  return {
    lift: (raw) =>
      raw.map((value, index) => {
        const shape = shapeOf(index, value);
        return isNumeric(shape) ? value : liftShape(shape, kernel.read(value as bigint));
      }),
    lower: (reply) => {
      if (type?.results.length === 0) return undefined;
      if (result !== undefined && isNumeric(result)) return replyNumber(result, reply);
      if (result === undefined && typeof reply === "number") return reply;
      return reply === undefined ? 0n : kernel.write(replyBytes(result, reply));
    },
  };
}

function asShape(type: string | undefined): Shape | undefined {
  return type === "i64" ? "bytes" : (type as Shape | undefined);
}
