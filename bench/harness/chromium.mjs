import { createRequire } from "node:module";
import { debianChromium } from "../../e2e/harness/browsers.mjs";

/** The Chromium that the conformance suite drives, with its package: none of the packages here needs a browser. */
export function chromium() {
  const { chromium: type } = createRequire(new URL("../../e2e/package.json", import.meta.url))("@playwright/test");
  const executablePath = debianChromium();
  return { type, options: { ...(executablePath && { executablePath }), args: ["--no-sandbox", "--disable-gpu"] } };
}
