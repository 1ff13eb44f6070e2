import { webkitGtk } from "../harness/browsers.mjs";
import { nodes } from "./node.ts";
import { chromiumRuntime, firefoxRuntime, playwrightWebkit } from "./playwright.ts";
import type { Runtime } from "./runtime.ts";
import { webkitRuntime } from "./webkit.ts";
import { workerdRuntime } from "./workerd.ts";

/** Every runtime of the matrix, in the order of its columns. WebKitGTK is for Linux; elsewhere WebKit is Playwright's. */
export function runtimes(): Runtime[] {
  const webkit = webkitGtk() || process.platform === "linux" ? webkitRuntime() : playwrightWebkit();
  return [...nodes(), chromiumRuntime(), firefoxRuntime(), webkit, workerdRuntime()];
}
