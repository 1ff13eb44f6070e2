import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { HOSTS, UsageError, type Choice, type Host } from "./options.ts";

const TEMPLATES = fileURLToPath(new URL("../templates/", import.meta.url));

/** What a template adds to package.json. */
interface Part {
  readonly scripts?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/**
 * Writes a project: in a folder within it first, so that there is all of it or nothing. A folder that is there is filled,
 * not replaced: somebody may stand in it, or have made it a link, or a mount.
 *
 * @throws UsageError if the folder has anything in it
 */
export async function create({ dir, language, host }: Choice): Promise<void> {
  const target = resolve(dir);
  await refuseUnlessEmpty(target, dir);
  const hosts = host === "all" ? HOSTS.filter((one) => one !== "all") : [host];
  const made = await mkdir(target, { recursive: true });
  const draft = await mkdtemp(join(target, ".isopod-"));
  const moved = [draft];
  try {
    const parts: Part[] = [];
    for (const name of ["common", `plugin-${language}`, ...hosts.map((one) => `app-${one}`)]) {
      const from = join(TEMPLATES, name);
      await cp(from, draft, { recursive: true, filter: (path) => path !== join(from, "package.json") });
      parts.push(JSON.parse(await readFile(join(from, "package.json"), "utf8")) as Part);
    }
    await rename(join(draft, "gitignore"), join(draft, ".gitignore")); // npm publishes no file of that name
    await writeFile(join(draft, "package.json"), `${JSON.stringify(manifest(basename(target), hosts, parts), null, 2)}\n`);
    for (const name of await readdir(draft)) {
      await rename(join(draft, name), join(target, name));
      moved.push(join(target, name));
    }
    await rmdir(draft);
  } catch (error) {
    for (const path of made === undefined ? moved : [target]) await rm(path, { recursive: true, force: true });
    throw error;
  }
}

async function refuseUnlessEmpty(target: string, dir: string): Promise<void> {
  try {
    if ((await readdir(target)).length > 0) throw new UsageError(`${dir} must be a new or an empty folder`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") throw new UsageError(`${dir} must be a folder, and is a file`);
    if (code !== "ENOENT") throw error;
  }
}

/** One app is what `npm start` runs. Of several it is Node's, which ends by itself; the others have their own names. */
function manifest(folder: string, hosts: readonly Host[], parts: readonly Part[]): object {
  const merged = (key: keyof Part) => Object.assign({}, ...parts.map((part) => part[key]));
  const main = hosts.includes("node") ? "node" : hosts[0];
  const sorted = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name: folder.toLowerCase().replace(/[^a-z0-9-]+/g, "-").replace(/^-+/, "") || "isopod-plugin",
    private: true,
    version: "0.0.0",
    type: "module",
    scripts: { start: `npm run start:${main}`, ...merged("scripts") },
    dependencies: sorted(merged("dependencies")),
    devDependencies: sorted(merged("devDependencies")),
  };
}
