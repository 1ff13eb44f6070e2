import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import wabt from "wabt";

export type Runtime = "browser" | "node" | "workerd";

/** A line that only the listener of `subscribe` has: a production build must not. */
export const LISTENER = "the listener of the development server";

/** A plugin whose one function gives a number. */
export async function rules(answer: number): Promise<Uint8Array> {
  const module = (await wabt()).parseWat("rules.wat", `(module (func (export "answer") (result i32) (i32.const ${answer})))`);
  return module.toBinary({}).buffer;
}

/** What every application below does, whatever it was bundled by and for; `run` gives what the tests compare. */
function app(adapter: string, options: string, file: string): string {
  return `import { createHost } from "@isopod/${adapter}";
import plugin, { subscribe } from "./plugins/${file}?plugin";

export async function run() {
  subscribe(() => console.log(${JSON.stringify(LISTENER)}));
  const host = createHost(${options});
  const rules = await host.load(plugin.source, plugin.options);
  const { digest, size, options, source } = plugin;
  const answer = await rules.call("answer", []);
  await host.dispose();
  return { answer, digest, size, options, fuel: rules.info.limits.fuel, address: source.href ?? Object.prototype.toString.call(source) };
}
`;
}

const ENTRIES: Record<Runtime, string> = {
  browser: `import { run } from "./app.js";\nglobalThis.result = run();\n`,
  node: `import { run } from "./app.js";\nconsole.log(JSON.stringify(await run()));\n`,
  workerd: `import { run } from "./app.js";\nexport default { fetch: async () => Response.json(await run().catch((error) => String(error.stack))) };\n`,
};

export interface App {
  /** A folder with `entry.js`, `app.js`, `plugins/rules.wasm` unless it has another name, and what a test adds. */
  readonly root: string;
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** A tiny application in a folder of its own, with the packages of this workspace. */
export async function makeApp(runtime: Runtime, { options = runtime === "workerd" ? "" : '{ isolation: "inline" }', file = "rules.wasm" } = {}): Promise<App> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "isopod-build-")));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
  await write("package.json", '{ "type": "module" }');
  await write(`plugins/${file}`, await rules(42));
  await write("app.js", app(runtime === "workerd" ? "edge" : runtime, options, file));
  await write("entry.js", ENTRIES[runtime]);
  return { root, write, remove: () => rm(root, { recursive: true, force: true }) };
}
