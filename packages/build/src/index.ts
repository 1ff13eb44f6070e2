/** Types only: the plugins are `@isopod/build/vite`, `/esbuild`, `/rollup`, `/rolldown`, `/webpack` and `/rspack`. */
export type { BuiltPlugin } from "./built-plugin.ts";
export type { Options } from "./options.ts";
