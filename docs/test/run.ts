import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { plugins } from "./plugins.ts";

export const docs = fileURLToPath(new URL("..", import.meta.url));
const guests = fileURLToPath(new URL("../../guests/dist/", import.meta.url));
const run = promisify(execFile);

export async function snippets(folder: string): Promise<string[]> {
  return (await readdir(join(docs, "snippets", folder))).filter((name) => name.endsWith(".ts"));
}

/** A folder within docs, so that scripts in it find the packages, with the plugins by the snippets' names. */
export async function ground(name: string): Promise<string> {
  const folder = join(docs, ".cache", name);
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(plugins).map(([name, guest]) => copyFile(join(guests, guest), join(folder, name))));
  return folder;
}

/** Snippets as scripts that Node 20 runs: types are taken away, and nothing else happens to them. */
export async function scripts(folder: string, into: string): Promise<void> {
  const names = await snippets(folder);
  await build({ entryPoints: names.map((name) => join(docs, "snippets", folder, name)), outdir: into, format: "esm", target: "es2022", logLevel: "error" });
}

/** What a script printed; it must say nothing else. */
export async function inNode(cwd: string, script: string, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await run(process.execPath, [...args, script], { cwd, timeout: 60_000, killSignal: "SIGKILL" });
  if (stderr) throw new Error(stderr);
  return stdout.trimEnd().split("\n");
}

/** What the comments of a snippet say that it prints, in its order. Each line that prints has one. */
export async function promised(folder: string, name: string): Promise<string[]> {
  const lines = (await readFile(join(docs, "snippets", folder, name), "utf8")).split("\n").filter((line) => line.includes("console.log("));
  return lines.map((line) => {
    const said = / \/\/ (.+)$/.exec(line)?.[1];
    if (!said) throw new Error(`${folder}/${name} does not say what this prints: ${line}`);
    return said;
  });
}
