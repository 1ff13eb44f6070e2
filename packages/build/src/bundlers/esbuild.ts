import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildOptions, PluginBuild } from "esbuild";
import type { UnpluginOptions } from "unplugin";
import { examine, hashOf, plainName, type Examined } from "../examine.ts";
import { byModule, byUrl } from "../generate.ts";
import { targetOf, type Options } from "../options.ts";
import { SCRIPT, STARTS_WORKERS, withWorker } from "../worker-script.ts";

/** Where the files themselves are, apart from the modules about them. */
const FILES = "isopod-file";

/**
 * esbuild: its loader `file` emits the file and gives the way to it from the chunk, its loader `copy` emits it and leaves
 * an import of it. Both are asked for by an import in the generated module.
 */
export function inEsbuild(options: Options): UnpluginOptions {
  /** By key, of each build the files that it has come upon. */
  const files = new WeakMap<PluginBuild, Map<string, Uint8Array>>();
  const keep = (build: PluginBuild, name: string, bytes: Uint8Array): string => {
    const key = `${hashOf(bytes)}/${name}`;
    files.get(build)!.set(key, bytes);
    return `${FILES}:${key}`;
  };

  return {
    name: "isopod",
    load: {
      filter: { id: /\.wasm\?plugin$/ },
      async handler(id) {
        const { build } = this.getNativeBuildContext?.() as { build: PluginBuild };
        const { initialOptions } = build;
        if (!isModule(initialOptions)) throw new Error('@isopod/build needs `format: "esm"`, in which a script knows its own address');
        const file = id.replace(/\?plugin$/, "");
        this.addWatchFile(file);
        const target = targetOf(options, initialOptions.conditions);
        let found: Examined;
        try {
          found = await examine(file, await readFile(file), target, options.debug, (beside) => this.addWatchFile(beside));
        } catch (error) {
          // If it were thrown, esbuild would not go on watching the file.
          this.error((error as Error).message);
          return "";
        }
        const specifier = keep(build, plainName(file), found.bytes);
        return target === "workerd" ? byModule(found, specifier) : `import file from ${JSON.stringify(specifier)};\n${byUrl(found, "file")}`;
      },
    },
    esbuild: {
      onLoadFilter: /\.wasm$/,
      loader: "js",
      setup(build: PluginBuild) {
        const { initialOptions, onStart, onResolve, onLoad, resolve } = build;
        onStart(() => void files.set(build, new Map()));
        const workerd = targetOf(options, initialOptions.conditions) === "workerd";
        // What workerd itself makes of a plain `.wasm` import.
        if (workerd) initialOptions.loader = { ".wasm": "copy", ...initialOptions.loader };
        onResolve({ filter: /\.wasm\?plugin$/ }, async ({ path, importer, resolveDir, kind }) => {
          const file = path.replace(/\?plugin$/, "");
          const found = await resolve(file, { importer, resolveDir, kind });
          // It may come yet.
          if (found.errors.length > 0) return { ...found, watchFiles: [join(resolveDir, file)] };
          if (found.external) return { errors: [{ text: `${path} is external, but only a file that is there can be built in` }] };
          return { path: found.path, suffix: "?plugin", sideEffects: false };
        });
        if (!workerd && isModule(initialOptions)) {
          onLoad({ filter: STARTS_WORKERS }, async ({ path }) => {
            const contents = await withWorker(path, await readFile(path, "utf8"), (address, script) => `import ${address} from ${JSON.stringify(keep(build, SCRIPT, script))};`);
            return contents === undefined ? undefined : { contents, loader: "js" };
          });
        }
        onResolve({ filter: /^isopod-file:/ }, ({ path }) => ({ path: path.slice(FILES.length + 1), namespace: FILES }));
        onLoad({ filter: /./, namespace: FILES }, ({ path }) => ({ contents: files.get(build)!.get(path)!, loader: workerd ? "copy" : "file" }));
      },
    },
  };
}

function isModule({ format, platform }: BuildOptions): boolean {
  return format ? format === "esm" : platform === "neutral";
}
