import type { Inspected, Kind } from "./types.ts";

/** What a compiled Module still tells: names and kinds, no types. All else that its bytes would tell is left empty, but for their size where that is known. */
export function inspectModule(module: WebAssembly.Module, size?: number): Inspected {
  const { imports, exports } = WebAssembly.Module;
  return { form: "module", size, imports: imports(module).map(bare), exports: exports(module).map(bare), memories: [] };
}

/** Engines that reflect types put a `type` of another shape there. */
function bare<T extends object>({ type: _, ...item }: T & { type?: unknown }): T & { kind: Kind } {
  return item as never;
}
