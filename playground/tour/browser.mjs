import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** The version that playwright-core drives, pinned in package.json. */
const PLAYWRIGHT = "playwright@1.64.1";
const LAUNCH_MS = 30_000;
/** Nothing that a browser does for itself: no updates, no network but the page's. */
const QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

/** The one that CHROMIUM_PATH names; else Playwright's own, or the Chromium, Chrome or Edge that is there. @returns {string | undefined} */
export function findChromium() {
  const { CHROMIUM_PATH: named, PROGRAMFILES = "", "PROGRAMFILES(X86)": x86 = "" } = process.env;
  const places = {
    linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"],
    darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
    win32: [PROGRAMFILES, x86].flatMap((folder) => ["Google/Chrome", "Microsoft/Edge"].map((name) => join(folder, name, "Application", name.endsWith("Edge") ? "msedge.exe" : "chrome.exe"))),
  };
  const known = places[/** @type {keyof typeof places} */ (process.platform)] ?? [];
  return (named ? [named] : [chromium.executablePath(), ...known]).find((path) => path && existsSync(path));
}

/** @throws with the command that installs it, where there is none */
export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`Chromium is missing: ${isDebian() ? "sudo apt-get install chromium, or " : ""}npx ${PLAYWRIGHT} install chromium`);
  // Ctrl-C is for whoever called to answer.
  return chromium.launch({ executablePath, args: QUIET.map((flag) => `--${flag}`), timeout: LAUNCH_MS, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}
