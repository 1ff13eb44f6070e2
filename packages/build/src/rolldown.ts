import type { Plugin } from "rolldown";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For Rolldown.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): Plugin {
  return isopod.rolldown(options) as Plugin;
}
