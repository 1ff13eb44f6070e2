// npm run example -- NAME [its options]: installs, builds, runs examples/NAME until Ctrl-C.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { readOptions, refuse } from "./options.mjs";
import { build, install, root } from "./setup.mjs";

const [name = "", ...args] = process.argv.slice(2);
const names = readdirSync(`${root}/examples`);
const USAGE = `npm run example -- NAME [its options], where NAME is ${names.join(" or ")}`;

async function main() {
  if (name.startsWith("-")) readOptions(USAGE, {}, [name]);
  if (!names.includes(name)) refuse(`there is no example ${name}: ${USAGE}`);
  await install(["isopod-workspace", `@isopod/example-${name}`]);
  await build(["isopod", "edge", "build"]);
  const child = spawn(process.execPath, [`${root}/examples/${name}/run.mjs`, ...args], { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; whoever else ends this one means that one.
  process.on("SIGINT", () => {});
  process.once("SIGTERM", () => child.kill());
  child.once("close", (code) => (process.exitCode = code ?? 1));
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
