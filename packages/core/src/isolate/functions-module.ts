import { tabulate, type Functions, type FunctionTable } from "../capability/functions.ts";
import { failure, wordsOf } from "../errors.ts";

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
    throw failure("bad_source", `functions ${href} could not be imported: ${wordsOf(cause)}`, undefined, cause);
  }
  if (typeof loaded.functions !== "object") throw failure("invalid_option", `${href} must export \`functions\``);
  return tabulate(loaded.functions);
}
