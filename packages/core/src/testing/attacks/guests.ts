import { build, type Func, type Shape } from "./binary.ts";
import { copy, get, i32, pack, type Code } from "./code.ts";

/** Where the allocator below puts everything. */
export const ROOM = 1024;
const MALLOC: Code = [i32(ROOM)];

/** A plugin of the ABI packed with one operation, `run`, of (at = local 0, length = local 1); its allocator always gives the same place. */
export function packedGuest(body: Code, shape: Shape = {}, malloc: Code = MALLOC, locals = ""): Uint8Array {
  return build({
    memory: [2],
    ...shape,
    functions: [
      { params: "i32", results: "i32", body: malloc, as: "malloc" },
      { params: "i32 i32", results: "i64", body, as: "run", locals },
      ...(shape.functions ?? []),
    ],
  });
}

export const echoing: Code = [pack(get(0), get(1))];
/** Echoes from a place of its own. */
export const copying: Code = [i32(65_536), get(0), get(1), copy, pack(i32(65_536), get(1))];

/** A plugin of numbers, which imports these functions of WASI; `run` gives an errno, or whatever its body leaves. */
export function wasiGuest(names: readonly (readonly [name: string, params: string])[], body: Code, shape: Shape = {}, locals = ""): Uint8Array {
  const run: Func = { results: "i32", body, as: "run", locals };
  return build({
    memory: [2],
    ...shape,
    imports: names.map(([name, params]) => ({ module: "wasi_snapshot_preview1", name, params, results: "i32" })),
    functions: [run, ...(shape.functions ?? [])],
  });
}

/** A plugin of Extism, which imports these functions of the kernel. */
export function extismGuest(names: readonly (readonly [name: string, params: string, results: string])[], body: Code, locals = ""): Uint8Array {
  return build({
    memory: [1],
    imports: names.map(([name, params, results]) => ({ module: "extism:host/env", name, params, results })),
    functions: [{ results: "i32", body, as: "run", locals }],
  });
}
