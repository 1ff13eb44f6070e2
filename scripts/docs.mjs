// `npm run docs [-- --serve [--port N]]`: installs and builds what the site needs, then the site itself.
import { spawn } from "node:child_process";
import { numberOf, readOptions } from "./options.mjs";
import { build, install, root } from "./setup.mjs";

const { port } = readOptions("npm run docs -- [--serve [--port N]]", { serve: { type: "boolean" }, port: { type: "string" } });
if (port !== undefined) numberOf("--port", port, "whole");

try {
  await install(["isopod-workspace", "@isopod/docs"]);
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const child = spawn(process.execPath, [`${root}/docs/build.mjs`, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
child.once("close", (code, signal) => (process.exitCode = signal ? 130 : (code ?? 1)));
