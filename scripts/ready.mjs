// node scripts/ready.mjs [SCRIPT its options]: installs and builds what is not yet, then runs the script as if it had been called itself.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readOptions } from "./options.mjs";
import { build, install } from "./setup.mjs";

const [script, ...rest] = process.argv.slice(2);
if (script?.startsWith("-")) readOptions("npm run build    installs what is not yet, and builds the packages", {});
try {
  await install();
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (script) {
  const path = resolve(script);
  process.argv.splice(1, Infinity, path, ...rest);
  await import(pathToFileURL(path).href);
}
