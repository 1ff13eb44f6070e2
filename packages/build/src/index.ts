/** Types only: the plugins are `@isopod/build/vite`, `/esbuild`, `/rollup`, `/rolldown`, `/webpack` and `/rspack`. @module */
export type { BuiltPlugin } from "./built-plugin.ts";
export type { Options } from "./options.ts";
