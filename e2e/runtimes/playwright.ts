import { existsSync } from "node:fs";
import { type BrowserType, chromium, firefox, type LaunchOptions, webkit } from "@playwright/test";
import { debianChromium, debianFirefox } from "../harness/browsers.mjs";
import { bundlePages } from "../harness/bundle.ts";
import { EventQueue } from "../harness/event-queue.ts";
import { serve } from "../harness/server.ts";
import type { Runtime } from "./runtime.ts";

/** Nothing that a browser does for itself: no updates, no network but the page's. */
const QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

export function chromiumOptions(): LaunchOptions {
  const executablePath = debianChromium();
  return { args: QUIET.map((flag) => `--${flag}`), ...(executablePath ? { executablePath } : {}) };
}

/** Debian's Firefox is driven over BiDi by this channel; Playwright's own needs none. */
export function firefoxOptions(): LaunchOptions {
  const executablePath = debianFirefox();
  return executablePath ? { channel: "moz-firefox", executablePath } : {};
}

export const chromiumRuntime = (): Runtime => browser("chromium", chromium, chromiumOptions());
export const firefoxRuntime = (): Runtime => browser("firefox", firefox, firefoxOptions());

/** Playwright's own WebKit, where there is no WebKitGTK. A newer engine than that, hence a name and gaps of its own. */
export const playwrightWebkit = (): Runtime => browser("playwright-webkit", webkit, {});

function browser(name: string, type: BrowserType, options: LaunchOptions): Runtime {
  return {
    name,
    isolations: ["inline", "worker"],
    missing: () =>
      existsSync(options.executablePath ?? type.executablePath())
        ? undefined
        : `${type.name()} is not installed: run \`node e2e/install.mjs\``,
    async *run(isolation, { filter, csp }) {
      await bundlePages();
      const events = new EventQueue();
      const server = await serve({ csp, onEvent: (event) => events.push(event) });
      const launched = await type.launch(options).catch((error: Error) => events.fail(error.message));
      try {
        if (launched) {
          const page = await launched.newPage();
          page.on("crash", () => events.fail("the page crashed"));
          page.on("pageerror", (error) => events.failUnopened(error.message));
          await page.goto(`${server.origin}/suite.html?${new URLSearchParams({ runtime: name, isolation, filter })}`);
        }
        yield* events;
      } finally {
        await launched?.close();
        await server.close();
      }
    },
  };
}
