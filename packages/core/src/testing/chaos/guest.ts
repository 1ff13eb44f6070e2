import { packedGuest, copying } from "../attacks/guests.ts";
import { call, forever, get, i64, unreachable } from "../attacks/code.ts";

const bytes = { params: "i32 i32", results: "i64" } as const;

/** `run` echoes, `trap` traps, `spin` never returns, `ask` asks the application. */
export function chaosGuest(): Uint8Array {
  return packedGuest(copying, {
    imports: [{ module: "env", name: "ask", ...bytes }],
    functions: [
      { ...bytes, body: [unreachable], as: "trap" },
      { ...bytes, body: [forever(), i64(0n)], as: "spin" },
      { ...bytes, body: [get(0), get(1), call(0)], as: "ask" },
    ],
  });
}
