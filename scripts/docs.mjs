// `npm run docs [-- --serve [--port N]]`: installs and builds what the site needs, then the site itself.
import { spawn } from "node:child_process";
import { build, install, root, wrongNode } from "./setup.mjs";

const wrong = wrongNode();
if (wrong) {
  console.error(wrong);
  process.exit(1);
}
await install(["isopod-workspace", "@isopod/docs"]);
await build();
const child = spawn(process.execPath, [`${root}/docs/build.mjs`, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
child.once("close", (code, signal) => (process.exitCode = signal ? 130 : (code ?? 1)));
