import { randomUUID } from "node:crypto";
import { copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions, type OutputFile } from "esbuild";
import { paths } from "./paths.ts";

export const file = (path: string, base: URL = paths.e2e) => fileURLToPath(new URL(path, base));
export const common = { bundle: true, format: "esm", target: "es2022", logLevel: "error" } as const satisfies BuildOptions;

/** Node, Deno and Bun find the packages in node_modules, as in an application that bundles nothing. */
export async function bundleNode(): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    platform: "node",
    packages: "external",
    entryPoints: { suite: file("node/suite.ts"), "probe-worker": file("node/probe-worker.ts"), app: file("app/main.ts"), hang: file("app/hang.ts"), lab: file("lab/child.ts"), "given-up": file("lab/given-up.ts") },
    outdir: file("", paths.node),
    outExtension: { ".js": ".mjs" },
    write: false,
  });
  await Promise.all(outputFiles.map(replace));
}

/** In one step: another column may be starting from this very file. */
async function replace({ path, contents }: OutputFile): Promise<void> {
  const fresh = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(fresh, contents);
  await rename(fresh, path);
}

/** The page as a bundler makes it: shared chunks, and the package's worker as the file beside them that it asks for. */
export async function bundlePages(): Promise<void> {
  await build({
    ...common,
    platform: "browser",
    splitting: true,
    entryPoints: {
      suite: file("pages/suite.ts"),
      host: file("pages/host.ts"),
      "probe-worker": file("pages/probe-worker.ts"),
      lab: file("lab/page.ts"),
      worker: file("./worker.js", new URL(import.meta.resolve("@isopod/browser"))),
    },
    outdir: file("", paths.pages),
  });
  await copyFile(file("pages/suite.html"), file("suite.html", paths.pages));
  await copyFile(file("pages/host.html"), file("host.html", paths.pages));
  await copyFile(file("lab/page.html"), file("lab.html", paths.pages));
}
