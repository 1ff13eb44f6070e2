import { fileURLToPath } from "node:url";
import type { Compiler } from "webpack";
import type { UnpluginOptions } from "unplugin";
import { addressFrom, isMark, marksIn } from "../mark.ts";
import { targetOf, type Options } from "../options.ts";

const LOADER = fileURLToPath(new URL("./webpack-loader.js", import.meta.url));

/**
 * webpack and Rspack: a loader makes the module. For an address it writes `new URL("./x.wasm", import.meta.url)`, which
 * they know. A compiled module it emits itself, and leaves a mark, which is an external import until chunks are written.
 */
export function inWebpack(options: Options): UnpluginOptions {
  const extend = (compiler: Compiler) => {
    const { module, resolve } = compiler.options;
    const target = targetOf(options, resolve.conditionNames);
    // Last, so that rules of the application for *.wasm do not say what becomes of these.
    module.rules.push(
      { test: /\.wasm$/, resourceQuery: /^\?plugin$/, type: "javascript/auto", sideEffects: false, use: [{ loader: LOADER, options: { target, debug: options.debug } }] },
      { test: /\.wasm$/, issuer: /\.wasm$/, dependency: "url", type: "asset/resource" },
    );
    if (target === "workerd") {
      module.rules.push({ test: /\.wasm$/, resourceQuery: /^(?:\?module)?$/, type: "javascript/auto", use: [{ loader: LOADER, options: { target: "workerd", bare: true } }] });
      importFiles(compiler);
    }
  };
  return { name: "isopod", webpack: extend, rspack: (compiler) => extend(compiler as unknown as Compiler) };
}

function importFiles(compiler: Compiler): void {
  const { ExternalsPlugin, Compilation, sources } = compiler.webpack;
  new ExternalsPlugin("module", ({ request = "" }, callback) => (isMark(request) ? callback(undefined, `module ${request}`) : callback())).apply(compiler);
  compiler.hooks.thisCompilation.tap("isopod", (compilation) => {
    // Before names are made of contents.
    const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONS;
    compilation.hooks.processAssets.tap({ name: "isopod", stage }, (assets) => {
      for (const [chunk, source] of Object.entries(assets).filter(([name]) => /\.[cm]?js$/.test(name))) {
        const pointed = new sources.ReplaceSource(source);
        const marks = marksIn(String(source.source()));
        for (const { at, length, key } of marks) pointed.replace(at, at + length - 1, addressFrom(chunk, key));
        if (marks.length > 0) compilation.updateAsset(chunk, pointed);
      }
    });
  });
}
