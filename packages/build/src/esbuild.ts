import type { Plugin } from "esbuild";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For esbuild.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): Plugin {
  return isopod.esbuild(options) as Plugin;
}
