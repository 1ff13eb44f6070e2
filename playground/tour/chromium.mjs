import { launchChromium } from "./browser.mjs";

/**
 * A page in Chromium, from the playground's own server.
 *
 * @param {string} isolation
 * @param {import("./index.mjs").Ground} ground
 * @returns {Promise<import("./index.mjs").Result>}
 */
export async function chromiumStop(isolation, { url, progress, closers }) {
  const browser = await launchChromium();
  closers.add(() => browser.close());
  const page = await browser.newPage();
  await page.exposeFunction("progress", progress);
  await page.goto(new URL("tour.html", url).href, { waitUntil: "load" });
  await page.waitForFunction("globalThis.tour");
  return page.evaluate((how) => /** @type {any} */ (globalThis).tour(how, /** @type {any} */ (globalThis).progress), isolation);
}
