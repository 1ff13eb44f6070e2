import { createUnplugin, type UnpluginInstance } from "unplugin";
import { inEsbuild } from "./bundlers/esbuild.ts";
import { inRollup } from "./bundlers/rollup.ts";
import { inWebpack } from "./bundlers/webpack.ts";
import { checked, type Options } from "./options.ts";

/** One plugin for all bundlers. The modules beside this one give each a default export with the bundler's own type. */
export const isopod: UnpluginInstance<Options | undefined, false> = createUnplugin((given: Options | undefined, { framework }) => {
  const options = checked(given);
  if (framework === "esbuild") return inEsbuild(options);
  if (framework === "webpack" || framework === "rspack") return inWebpack(options);
  return inRollup(options, { vite: () => isopod.vite(options), rolldown: (target) => isopod.rolldown({ ...options, target }) });
});
