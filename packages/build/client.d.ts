// For a tsconfig's `types`, or `/// <reference types="@isopod/build/client" />`.

declare module "*.wasm?plugin" {
  type BuiltPlugin = import("./dist/index.js").BuiltPlugin;

  /** What `host.load` takes, the same in every build: `host.load(plugin.source, plugin.options)`. */
  const plugin: BuiltPlugin;
  export default plugin;

  /**
   * Calls back when the file has changed, in Vite's development server only: builds never call, and leave the listener
   * out (esbuild keeps it). Each call waits for the one before; if one rejects, the console says so and the page goes on.
   *
   * @returns ends it
   * @example
   * let running = await host.load(plugin.source, plugin.options);
   * subscribe(async (plugin) => {
   *   const before = running;
   *   running = await host.load(plugin.source, plugin.options);
   *   await before.dispose();
   * });
   */
  export function subscribe(listener: (plugin: BuiltPlugin) => unknown): () => void;
}
