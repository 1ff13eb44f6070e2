import type { WebpackPluginInstance } from "webpack";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For webpack.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): WebpackPluginInstance {
  return isopod.webpack(options) as WebpackPluginInstance;
}
