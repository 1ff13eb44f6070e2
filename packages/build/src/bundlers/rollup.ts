import { readFile } from "node:fs/promises";
import { isAbsolute, posix, relative } from "node:path";
import type { RolldownPluginOption } from "rolldown";
import type { Plugin, PluginContext } from "rollup";
import type { UnpluginOptions } from "unplugin";
import type { Environment, Plugin as VitePlugin } from "vite";
import { examine, hashOf, plainName, type Examined } from "../examine.ts";
import { bare, byBytes, byModule, byUrl } from "../generate.ts";
import { addressFrom, isMark, mark, marksIn } from "../mark.ts";
import { targetOf, type Options, type Target } from "../options.ts";
import { SCRIPT, STARTS_WORKERS, withWorker } from "../worker-script.ts";
import { serve, settled, type Kept } from "./vite-serve.ts";

/** `x.wasm?plugin`, what workerd knows as a compiled module by itself, and marks. */
const RESOLVED = /\.wasm(?:\?(?:plugin|module))?$|^isopod-file:/;
const LOADED = /\.wasm\?(?:plugin|module)$/;

/** A hook's `this`; the environment is Vite's. */
type Context = PluginContext & { readonly environment?: Environment };

interface Late {
  readonly fileName: string;
  readonly source: Uint8Array;
}

/**
 * Rollup, Rolldown and Vite: the file is an emitted asset, and a mark in the code becomes the way to it from whichever
 * chunk it came to lie in. So it holds under any base, and beside Node's chunks too.
 *
 * @param again make this plugin once more: for Vite's workers, which are bundled apart, and for Rolldown with the target of one build
 */
export function inRollup(options: Options, again: { vite(): unknown; rolldown(target: Target): unknown }): UnpluginOptions {
  /** By key, the files that an environment of Vite has emitted only when its chunks are written. */
  const late = new Map<Environment | undefined, Map<string, Late>>();
  const kept: Kept = new Map();
  const target = ({ environment }: Context) => targetOf(options, environment?.config.resolve.conditions);
  const serving = ({ environment }: Context) => environment?.mode === "dev";

  const hooks: Plugin = {
    name: "isopod",
    buildStart() {
      late.delete((this as Context).environment);
    },
    renderChunk(code, chunk) {
      // What is external is asked of nobody before, and no runtime knows the query.
      const outside = [...chunk.imports, ...chunk.dynamicImports].find((id) => id.endsWith(".wasm?plugin"));
      if (outside) this.error(`${isAbsolute(outside) ? relative(process.cwd(), outside) : outside} is external, but only a file that is there can be built in`);
      const marks = marksIn(code);
      if (marks.length === 0) return null;
      const here = late.get((this as Context).environment);
      let pointed = code;
      for (const { at, length, key } of marks.toReversed()) {
        const file = here?.get(key)?.fileName ?? this.getFileName(key);
        pointed = pointed.slice(0, at) + addressFrom(chunk.fileName, file) + pointed.slice(at + length);
      }
      return { code: pointed, map: null };
    },
    generateBundle: {
      order: "post",
      handler() {
        for (const file of late.get((this as Context).environment)?.values() ?? []) this.emitFile({ type: "asset", ...file });
      },
    },
  };

  /** Gives the key of a mark. */
  const emit = (context: Context, name: string, source: Uint8Array): string => {
    const { environment } = context;
    const { emitAssets = true, assetsDir = "" } = environment?.config.build ?? {};
    if (emitAssets) return context.emitFile({ type: "asset", name, source });
    // Vite drops the assets of a server's build, because pages have them already. workerd imports its own.
    const key = name.replace(/\.wasm$/, `-${hashOf(source)}.wasm`);
    const here = late.get(environment) ?? new Map<string, Late>();
    late.set(environment, here.set(key, { fileName: posix.join(assetsDir, key), source }));
    return key;
  };

  /** For the two that do not take the script of workers along; Vite does. */
  const workers = async function (this: unknown, code: string, id: string): Promise<{ code: string; map: null } | null> {
    const context = this as Context;
    if (!STARTS_WORKERS.test(id) || target(context) === "workerd") return null;
    const pointed = await withWorker(id, code, (address, script) => `const ${address} = ${JSON.stringify(mark(emit(context, SCRIPT, script)))};`);
    return pointed === undefined ? null : { code: pointed, map: null };
  };

  return {
    name: "isopod",
    enforce: "pre",
    resolveId: {
      filter: { id: RESOLVED },
      async handler(this: unknown, id, importer) {
        if (isMark(id)) return { id, external: true };
        const context = this as Context;
        const query = id.endsWith("?plugin") ? "?plugin" : "?module";
        if (query === "?module" && (target(context) !== "workerd" || serving(context))) return null;
        // Not from the first `?` on, which may be in a folder's name.
        const found = await context.resolve(id.replace(/\?(?:plugin|module)$/, ""), importer, { skipSelf: true });
        return found && !found.external ? found.id + query : null;
      },
    },
    load: {
      filter: { id: LOADED },
      async handler(this: unknown, id) {
        const context = this as Context;
        const [, file = "", query] = /^(.*)\?(\w+)$/s.exec(id) ?? [];
        context.addWatchFile(file);
        const content = await (serving(context) ? settled(file) : readFile(file));
        const examined = query === "plugin" ? await examine(file, content, target(context), options.debug, (beside) => context.addWatchFile(beside)) : undefined;
        if (examined && serving(context)) return serve(file, examined, context.environment!, target(context), kept);

        // Frameworks bundle a server's build once more, and take its scripts alone.
        if (examined && context.environment?.config.consumer === "server" && target(context) === "url") return { code: byBytes(examined), moduleSideEffects: false };

        const source = examined?.bytes ?? content;
        const key = emit(context, plainName(file), source);
        return { code: examined ? build(examined, key, target(context)) : bare(mark(key)), moduleSideEffects: false };
      },
    },
    rollup: { ...hooks, transform: workers },
    rolldown: { ...hooks, transform: workers, options: (input: RolldownInput) => ofOneBuild(input, hooks, options, again.rolldown) } as never,
    vite: { ...(hooks as VitePlugin), config: () => ({ worker: { plugins: () => [again.vite() as VitePlugin] } }) },
  };
}

interface RolldownInput {
  readonly plugins?: RolldownPluginOption;
  readonly resolve?: { readonly conditionNames?: readonly string[] };
}

/** Rolldown tells its conditions here alone, and not of which build, so that each build gets a plugin which knows its target. */
function ofOneBuild(input: RolldownInput, { renderChunk }: Plugin, options: Options, again: (target: Target) => unknown): RolldownInput | undefined {
  if (options.target) return undefined;
  const own = again(targetOf(options, input.resolve?.conditionNames));
  const put = (plugin: RolldownPluginOption): RolldownPluginOption => {
    if (Array.isArray(plugin)) return plugin.map(put);
    if (plugin instanceof Promise) return plugin.then(put);
    return plugin && "renderChunk" in plugin && plugin.renderChunk === (renderChunk as unknown) ? (own as RolldownPluginOption) : plugin;
  };
  return { ...input, plugins: put(input.plugins) };
}

function build(examined: Examined, key: string, target: Target): string {
  if (target === "workerd") return byModule(examined, mark(key));
  // Not within `new URL`, whose argument bundlers would look for on the disk.
  return `const address = ${JSON.stringify(mark(key))};\n${byUrl(examined, "address")}`;
}
