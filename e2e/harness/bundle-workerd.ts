import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { attackBinaries } from "@isopod/core/testing";
import { digest } from "@isopod/core";
import { hardened, hardenedWithLines } from "@isopod/core/spi";
import { build, type Plugin } from "esbuild";
import { PROBE_GUEST } from "../suite/probe-guest.ts";
import { common, file } from "./bundle.ts";
import { paths } from "./paths.ts";

export interface WorkerdModule {
  readonly type: "ESModule" | "CompiledWasm" | "Data" | "Text";
  readonly path: string;
}

/**
 * Builds e2e/dist/workers and lists its modules, the main one first. Every `.wasm` import is a compiled module, as in
 * a deployed worker, hardened as @isopod/build does it with `debug`; every guest is there a second time as plain data.
 */
export async function bundleWorkerd(): Promise<WorkerdModule[]> {
  const modules: WorkerdModule[] = [{ type: "ESModule", path: "suite.mjs" }];
  const target = (type: WorkerdModule["type"], path: string) => {
    modules.push({ type, path });
    return file(path, paths.workers);
  };
  await mkdir(paths.workers, { recursive: true });

  const guests = (await readdir(paths.guests)).filter((name) => name.endsWith(".wasm")).map((name) => basename(name, ".wasm"));
  const valid = new Set<string>();
  for (const name of guests) {
    const bytes = new Uint8Array(await readFile(file(`${name}.wasm`, paths.guests)));
    await writeFile(target("Data", `guest-${name}.bin`), bytes);
    // One broken module, and workerd refuses to start.
    if (!WebAssembly.validate(bytes)) continue;
    valid.add(name);
    await writeFile(target("CompiledWasm", `guest-${name}.wasm`), hardenedWithLines(bytes, {}, await digest(bytes)));
  }
  const attacks = attackBinaries().map((binary, index) => ({ name: binary.name, path: `attack-${index}.wasm`, bytes: hardenedFor(binary) }));
  for (const { path, bytes } of attacks) await writeFile(target("CompiledWasm", path), bytes);
  await writeFile(target("CompiledWasm", "probe.wasm"), PROBE_GUEST);
  await build({
    ...common,
    external: ["cloudflare:*", "*.wasm"],
    entryPoints: [file("workers/loaded-probe.ts")],
    outfile: target("Text", "loaded-probe.txt"),
  });
  await build({
    ...common,
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "node:*"],
    plugins: [builtModules({ guests: guestTable(guests, valid), attacks: attackTable(attacks) }), importedWasm(target)],
    entryPoints: [file("workers/suite.ts")],
    outfile: file("suite.mjs", paths.workers),
  });
  return modules;
}

/** As an application would build it that holds its plugin to these limits. */
function hardenedFor({ bytes, memory, tables }: ReturnType<typeof attackBinaries>[number]): Uint8Array {
  return hardened(bytes(), { ...(memory !== undefined && { memory }), ...(tables !== undefined && { tables }) });
}

/** `built:guests` and `built:attacks` are tables; any other `built:x` is the file x of the folder. */
function builtModules(tables: Readonly<Record<string, string>>): Plugin {
  return {
    name: "built",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^built:/ }, ({ path }) =>
        Object.hasOwn(tables, path.replace("built:", "")) ? { path, namespace: "built" } : { path: path.replace("built:", "./"), external: true },
      );
      onLoad({ filter: /./, namespace: "built" }, ({ path }) => ({ contents: tables[path.replace("built:", "")]! }));
    },
  };
}

function guestTable(guests: readonly string[], valid: ReadonlySet<string>): string {
  const imports = guests.map((name, i) => {
    const module = valid.has(name) ? `import m${i} from "built:guest-${name}.wasm";` : `const m${i} = undefined;`;
    return `${module} import b${i} from "built:guest-${name}.bin";`;
  });
  const entries = guests.map((name, i) => `${JSON.stringify(name)}: { module: m${i}, bytes: b${i} }`);
  return `${imports.join("\n")}\nexport default { ${entries.join(", ")} };`;
}

/** Compiled ahead of time, as a deployed worker would have them. */
function attackTable(attacks: readonly { readonly name: string; readonly path: string }[]): string {
  const imports = attacks.map(({ path }, i) => `import a${i} from "built:${path}";`);
  return `${imports.join("\n")}\nexport default { ${attacks.map(({ name }, i) => `${JSON.stringify(name)}: a${i}`).join(", ")} };`;
}

/** The `.wasm` files that packages import, such as the kernel of Extism. */
function importedWasm(target: (type: "CompiledWasm", path: string) => string): Plugin {
  return {
    name: "wasm",
    setup({ onResolve }) {
      onResolve({ filter: /^\..*\.wasm$/ }, async ({ path, resolveDir }) => {
        const name = `import-${basename(path)}`;
        await copyFile(file(path, pathToFileURL(`${resolveDir}/`)), target("CompiledWasm", name));
        return { path: `./${name}`, external: true };
      });
    },
  };
}
