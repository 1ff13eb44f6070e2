// `npm run docs [-- --serve [--port N]]`: the reference by typedoc, then the site by vitepress, into .vitepress/dist.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Application } from "typedoc";
import { build } from "vitepress";
import { ENTRIES } from "./entries.mjs";
import { serve } from "./serve.mjs";

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));


/** As the packages have it: a name that core declares and an adapter hands on is described once. */
const declarations = (/** @type {string} */ entry) => {
  const [, name, subpath = "index"] = entry.split("/");
  return path(`../packages/${name}/dist/${subpath}.d.ts`);
};

/** Writes api/, a page an entry. @throws if a comment of a public name is wrong */
export async function reference() {
  await rm(path("api"), { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins(
    {
      plugin: ["typedoc-plugin-markdown"],
      entryPoints: ENTRIES.map(declarations),
      tsconfig: path("tsconfig.api.json"),
      out: path("api"),
      name: "Reference",
      readme: "none",
      disableSources: true,
      excludeExternals: true,
      excludePrivate: true,
      skipErrorChecking: true,
      githubPages: false,
      logLevel: "Warn",
      // Options of the markdown plugin.
      ...{ outputFileStrategy: "modules", entryFileName: "index", hideBreadcrumbs: true, hidePageHeader: true, useCodeBlocks: true, expandObjects: true, parametersFormat: "table", useHTMLAnchors: true, anchorPrefix: "api-" },
    },
    [],
  );
  const project = await app.convert();
  if (!project || app.logger.hasErrors()) throw new Error("the reference could not be made");
  // typedoc names an entry by its path: browser/dist/lean is what one imports as @isopod/browser/lean.
  for (const entry of project.children ?? []) entry.name = `@isopod/${entry.name.replace("/dist", "")}`;
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("the reference could not be written");
}

async function main() {
  const { values } = parseArgs({ options: { serve: { type: "boolean" }, port: { type: "string", default: "0" } } });
  await reference();
  await build(path("."));
  if (!values.serve) return;
  const { url } = await serve(path(".vitepress/dist"), Number(values.port));
  console.log(`Documents: ${url} until Ctrl-C`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
