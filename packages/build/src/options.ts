/** Options of the plugin, the same for every bundler. */
export interface Options {
  /**
   * What the code is built for: `"url"` (pages, Web Workers, Node) references the emitted file, `"workerd"` imports it
   * as a compiled module. Default: `"workerd"` where the bundler resolves by the condition `workerd` or `edge-light`,
   * else `"url"`. Rollup does not tell its conditions, so there it has to be said.
   */
  readonly target?: Target;
  /**
   * Puts into modules for workerd which line each instruction is of, so that `load` can be asked to `debug` there, where
   * no bytes are left to go back to: from DWARF, or a source map in the file or beside it (`x.wasm.map`). Elsewhere the
   * file is emitted as it is, with whatever debug information it has. Default false.
   */
  readonly debug?: boolean;
}

export type Target = "url" | "workerd";

const TARGETS: readonly unknown[] = ["url", "workerd"];
const NAMES: readonly string[] = ["target", "debug"];

/** @throws Error, if an option is not what it must be */
export function checked(options: Options = {}): Options {
  for (const name of Object.keys(options)) if (!NAMES.includes(name)) throw new Error(`@isopod/build: there is no option ${name}, only ${NAMES.join(" and ")}`);
  const { target, debug = false } = options;
  if (target !== undefined && !TARGETS.includes(target)) throw new Error(`@isopod/build: target must be "url" or "workerd", not ${JSON.stringify(target)}`);
  if (typeof debug !== "boolean") throw new Error("@isopod/build: debug must be true or false");
  return options;
}

/** What was said, or what the resolver's conditions tell. */
export function targetOf({ target }: Options, conditions: readonly string[] = []): Target {
  return target ?? (conditions.includes("workerd") || conditions.includes("edge-light") ? "workerd" : "url");
}
