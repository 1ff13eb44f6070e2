import { webkitGtk } from "../harness/browsers.mjs";
import { bun } from "./bun.ts";
import { deno } from "./deno.ts";
import { edgeVmRuntime } from "./edge-vm.ts";
import { nodes } from "./node.ts";
import { chromiumRuntime, firefoxRuntime, playwrightWebkit } from "./playwright.ts";
import type { Runtime } from "./runtime.ts";
import { type Engine, scriptRuntime } from "./script.ts";
import { webkitRuntime } from "./webkit.ts";
import { workerdRuntime } from "./workerd.ts";

/** What runs a script as it is. */
export const engines = (): Engine[] => [...nodes(), deno(), bun()];

/** Every runtime of the matrix, in the order of its columns. WebKitGTK is for Linux; elsewhere WebKit is Playwright's. */
export function runtimes(): Runtime[] {
  const webkit = webkitGtk() || process.platform === "linux" ? webkitRuntime() : playwrightWebkit();
  return [...engines().map(scriptRuntime), chromiumRuntime(), firefoxRuntime(), webkit, workerdRuntime(), edgeVmRuntime()];
}
