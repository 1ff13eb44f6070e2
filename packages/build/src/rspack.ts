import type { RspackPluginInstance } from "@rspack/core";
import type { Options } from "./options.ts";
import { isopod } from "./unplugin.ts";

export type { Options } from "./options.ts";

/**
 * For Rspack.
 *
 * @example plugins: [isopod()]
 */
export default function plugin(options?: Options): RspackPluginInstance {
  return isopod.rspack(options) as RspackPluginInstance;
}
