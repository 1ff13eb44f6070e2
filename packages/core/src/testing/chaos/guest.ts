import { packedGuest, copying } from "../attacks/guests.ts";
import { call, caught, drop, forever, get, i64, unreachable } from "../attacks/code.ts";

const bytes = { params: "i32 i32", results: "i64" } as const;

const I64 = 0x7e;

/**
 * `run` echoes, `trap` traps, `spin` never returns, `ask` asks the application. So does `calm`, which returns all the
 * same when that fails, and `cling`, which then asks again, for ever.
 */
export function chaosGuest(): Uint8Array {
  return packedGuest(copying, {
    imports: [{ module: "env", name: "ask", ...bytes }],
    functions: [
      { ...bytes, body: [unreachable], as: "trap" },
      { ...bytes, body: [forever(), i64(0n)], as: "spin" },
      { ...bytes, body: [get(0), get(1), call(0)], as: "ask" },
      { ...bytes, body: caught([get(0), get(1), call(0)], [i64(0n)], I64), as: "calm" },
      { ...bytes, body: [forever(caught([get(0), get(1), call(0), drop], [])), i64(0n)], as: "cling" },
    ],
  });
}
