import { fileURLToPath } from "node:url";
import { paths } from "../harness/paths.ts";
import { onPath, packaged } from "./executable.ts";
import type { Engine } from "./script.ts";

const PACKAGES = ["linux-x64-glibc", "linux-arm64-glibc", "darwin-arm64", "darwin-x64", "win32-x64", "win32-arm64"].map((name) => `@deno/${name}`);

/** Deno, which finds packages in node_modules as Node does. Nothing is fetched, and its cache stays in e2e. */
export function deno(): Engine {
  return {
    name: "deno",
    execPath: packaged(PACKAGES, "deno", { through: "deno" }) ?? onPath("deno"),
    execArgv: ["run", "--allow-all", "--no-lock", "--cached-only"],
    env: { DENO_DIR: fileURLToPath(new URL("deno/", paths.dist)), DENO_NO_UPDATE_CHECK: "1" },
    help: "Deno has no package for this platform: install it, so that `deno` is on the PATH",
  };
}
