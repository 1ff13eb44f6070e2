import { webkitGtk } from "../harness/browsers.mjs";
import { bundlePages } from "../harness/bundle.ts";
import { EventQueue } from "../harness/event-queue.ts";
import { serve } from "../harness/server.ts";
import { openSession } from "../harness/webdriver.ts";
import type { Runtime } from "./runtime.ts";

/** WebKitGTK: Playwright cannot drive it, its own WebDriver can. The page reports by itself, so all it takes is to open it. */
export function webkitRuntime(): Runtime {
  const found = webkitGtk();
  return {
    name: "webkit",
    isolations: ["inline", "worker"],
    missing: () => (found ? undefined : "WebKitGTK is not installed: run `node e2e/install.mjs`"),
    async *run(isolation, { filter, csp }) {
      if (!found) throw new Error("WebKitGTK is not installed");
      await bundlePages();
      const events = new EventQueue();
      const server = await serve({ csp, onEvent: (event) => events.push(event) });
      const session = await openSession({
        command: [found.xvfb, "--auto-servernum", found.driver, "--host=127.0.0.1"],
        capabilities: { "webkitgtk:browserOptions": { binary: found.browser, args: ["--automation"] } },
      }).catch((error: Error) => events.fail(error.message));
      try {
        await session?.navigate(`${server.origin}/suite.html?${new URLSearchParams({ runtime: "webkit", isolation, filter })}`);
        yield* events;
      } finally {
        await session?.close();
        await server.close();
      }
    },
  };
}
