import { expect as anyone, test as base } from "@playwright/test";
import { serve } from "../serve.mjs";
import { findChromium } from "../tour/browser.mjs";

/** Compilers and four runtimes on a busy machine take their time. */
export const expect = anyone.configure({ timeout: 20_000 });

/** Tests with a page of the playground: one server for all of them, started here. */
export const test = base.extend<object, { playground: string }>({
  playground: [
    async ({}, use) => {
      const { url, close } = await serve({ port: 0 });
      await use(url);
      await close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: async ({ playground }, use) => use(playground),
  launchOptions: [{ executablePath: findChromium(), args: ["--disable-gpu", "--disable-quic", "--no-first-run"] }, { scope: "worker" }],
  actionTimeout: 15_000,
  navigationTimeout: 30_000,
});
