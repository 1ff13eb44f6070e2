import type { Plugin } from "rollup";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For Rollup.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): Plugin {
  return isopod.rollup(options) as Plugin;
}
