import type { LoadOptions } from "../../options.ts";

/** Load options with these limits. Each as an application would write it. */
export function limited(limits: Readonly<Record<string, number | string>>, more: LoadOptions = {}): LoadOptions {
  return { ...more, limits: limits as NonNullable<LoadOptions["limits"]> };
}
