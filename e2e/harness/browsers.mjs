// Plain JavaScript: install.mjs also reads it. Where Debian's browsers are; undefined where they are not.
import { existsSync, readdirSync } from "node:fs";

const first = (...paths) => paths.find((path) => existsSync(path));

export const debianChromium = () => first("/usr/bin/chromium");
export const debianFirefox = () => first("/usr/bin/firefox-esr");

/** WebKitGTK is its driver, its smallest browser and a display for it, or nothing. */
export function webkitGtk() {
  const driver = first("/usr/bin/WebKitWebDriver");
  const xvfb = first("/usr/bin/xvfb-run");
  const browser = first(
    ...(existsSync("/usr/lib") ? readdirSync("/usr/lib") : [])
      .filter((name) => name.includes("-linux-gnu"))
      .flatMap((name) => ["4.1", "4.0", "6.0"].map((api) => `/usr/lib/${name}/webkit${api === "6.0" ? "gtk" : "2gtk"}-${api}/MiniBrowser`)),
  );
  return driver && xvfb && browser && first("/usr/bin/xauth") ? { driver, xvfb, browser } : undefined;
}
