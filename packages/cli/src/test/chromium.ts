import { findChromium, findPackage, NotHere } from "./find.ts";
import type { Runtime } from "./runtime.ts";
import { serve } from "./serve.ts";
import type { Answer } from "./wire.ts";

/** As much of Playwright as is used, whichever version it is. */
interface Playwright {
  readonly chromium: {
    executablePath(): string;
    launch(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>;
  };
}
interface Page {
  goto(url: string): Promise<unknown>;
  waitForFunction(text: string): Promise<unknown>;
  evaluate(run: (given: never) => unknown, given: unknown): Promise<unknown>;
}

/** Nothing that a browser does for itself: no updates, no network but the page's. */
const QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

/** Chromium, or what is built from it, driven by the user's Playwright: a page that runs plugins in Web Workers. */
export function chromiumRuntime(folders: readonly string[]): Runtime {
  return {
    name: "chromium",
    async open(luggage) {
      const found = await findPackage(["playwright-core", "playwright", "@playwright/test"], folders);
      if (!found) throw new NotHere("npm install --save-dev playwright-core");
      const { chromium } = (found["chromium"] ? found : found["default"]) as Playwright;
      const executablePath = findChromium(chromium.executablePath());
      if (executablePath === undefined) throw new NotHere("npx playwright-core install chromium");
      const server = await serve(luggage);
      // Ctrl-C is for the command to answer.
      const browser = await chromium.launch({ executablePath, args: QUIET.map((flag) => `--${flag}`), handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }).catch(async (error: unknown) => {
        await server.close();
        throw error;
      });
      const close = async (): Promise<void> => void (await Promise.allSettled([browser.close(), server.close()]));
      try {
        const page = await browser.newPage();
        await page.goto(server.url);
        await page.waitForFunction("globalThis.answer");
        return { ask: (request) => page.evaluate((given) => (globalThis as unknown as { answer(request: unknown): unknown }).answer(given), request) as Promise<Answer>, close };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}
