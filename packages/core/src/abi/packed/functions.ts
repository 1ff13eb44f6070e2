import { tabulate, type FunctionEntry, type Shape } from "../../capability/functions.ts";
import type { Scope } from "../../capability/scope.ts";
import { isNumeric, liftShape, replyBytes, replyNumber } from "../../capability/shapes.ts";
import { Packer } from "../../memory/packed.ts";
import { viewOf } from "../../memory/ranges.ts";
import type { Marshal } from "../../wait/bind.ts";
import { HostImports, type HostFunctions } from "../../wait/imports.ts";
import type { Import } from "../../wasm/types.ts";
import type { Allocator } from "./packed.ts";

/** Host functions of a packed plugin: bytes both ways, or what their shapes say. */
export const packedFunctions: HostFunctions<Allocator> = {
  tabulate,
  link: ({ functions, scope }, guest) => new HostImports(functions, scope, (entry, wanted) => marshal(guest, entry, wanted, scope)),
};

/**
 * By default (i32, i32) is one run of bytes and an i64 result another; numbers otherwise. Shapes spell it out. A reply
 * is the guest's to free.
 */
function marshal(guest: Allocator, entry: FunctionEntry, { type }: Import, scope: Scope): Marshal {
  const isBytes = entry.params === undefined && (type === undefined || type.params.join() === "i32,i32");
  const params = entry.params ?? (isBytes ? ["bytes"] : (type?.params as Shape[]));
  const result = entry.result ?? (type?.results.length === 0 ? undefined : isBytes && (type?.results[0] ?? "i64") === "i64" ? "bytes" : (type?.results[0] as Shape));
  const packer = new Packer();
  const copied = (pointer: number, length: number): Uint8Array => {
    const view = viewOf(guest.memory, pointer, length);
    scope.budget?.work(view.length);
    return view.slice();
  };
  return {
    lift: (raw) => {
      let at = 0;
      return params.map((shape) => (isNumeric(shape) ? raw[at++] : liftShape(shape, copied(raw[at++] as number, raw[at++] as number))));
    },
    lower: (reply) => {
      if (result === undefined) return undefined;
      if (isNumeric(result)) return replyNumber(result, reply);
      const bytes = replyBytes(result, reply);
      const { length } = bytes;
      if (length === 0) return 0n;
      scope.budget?.work(length);
      const pointer = guest.allocate(length);
      guest.memory.u8.set(bytes, pointer);
      return packer.of(pointer, length);
    },
  };
}
