// What a CDN for npm does: a package's files, under its name and version.
import { cp, readFile } from "node:fs/promises";

for (const name of ["@isopod/browser"]) {
  const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
  await cp(`node_modules/${name}`, `site/npm/${name}@${version}`, { recursive: true });
}
