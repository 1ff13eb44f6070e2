import { tabulate, type Functions, type FunctionTable } from "../capability/functions.ts";
import { IsopodError } from "../errors.ts";

/**
 * Host functions as a module that the guest's own thread imports: synchronous everywhere, because nothing is crossed.
 * The module exports `functions`, shaped like the option of that name.
 * @throws `bad_source`, `invalid_option`
 */
export async function importFunctions(href: string): Promise<FunctionTable> {
  let loaded: { functions?: Functions };
  try {
    loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ href)) as { functions?: Functions };
  } catch (cause) {
    throw new IsopodError("bad_source", `the module of host functions ${href} could not be imported: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof loaded.functions !== "object") throw new IsopodError("invalid_option", `the module of host functions ${href} must export \`functions\``);
  return tabulate(loaded.functions);
}
