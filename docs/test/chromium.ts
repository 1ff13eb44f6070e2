import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { debianChromium } from "../../e2e/harness/browsers.mjs";
import { serve } from "../serve.mjs";

/** Nothing but WebAssembly beyond the site's own scripts: no inline script, no data: or blob: anything. */
export const POLICY = "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export function launch(): Promise<Browser> {
  const executablePath = debianChromium() ?? chromium.executablePath();
  if (!existsSync(executablePath)) throw new Error("Chromium is missing: run `node e2e/install.mjs`");
  return chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
}

/** Opens a page of a folder under the policy and gives what it printed, once that is so many lines, or whatever went wrong. */
export async function printed(browser: Browser, folder: string, html: string, count: number): Promise<string[]> {
  const { url, close } = await serve(folder, 0, { "content-security-policy": POLICY });
  const page = await browser.newPage();
  const lines: string[] = [];
  const enough = new Promise<void>((resolve) => {
    const line = (text: string) => void (lines.push(text) >= count && resolve());
    page.on("console", (message) => !message.text().includes("favicon.ico") && !message.location().url.includes("favicon.ico") && line(message.text()));
    page.on("pageerror", (error) => {
      line(error.message);
      resolve();
    });
  });
  try {
    await page.goto(url + html);
    const late = setTimeout(() => page.close(), 20_000);
    await Promise.race([enough, page.waitForEvent("close", { timeout: 0 })]);
    clearTimeout(late);
    return lines;
  } finally {
    await page.close();
    close();
  }
}
