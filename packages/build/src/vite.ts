import type { Plugin } from "vite";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For Vite.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): Plugin {
  return isopod.vite(options) as Plugin;
}
