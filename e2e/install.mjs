// Sees to the browsers of the matrix: `node e2e/install.mjs`, or `ensureBrowsers()`. Says nothing when all are there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { debianChromium, debianFirefox, webkitGtk } from "./harness/browsers.mjs";

const DEBIAN = ["chromium", "firefox-esr", "webkit2gtk-driver", "xvfb", "xauth"];

/**
 * On Debian as root it installs what is missing with apt-get; elsewhere Playwright downloads its own builds. Returns
 * one sentence for each browser that is still missing.
 */
export async function ensureBrowsers(log = console.log) {
  const lacking = await missing();
  if (lacking.length === 0) return [];
  const downloads = lacking.filter(({ build }) => build).map(({ build }) => build);
  if (isDebian() && process.getuid?.() === 0) {
    log(`Installing ${DEBIAN.join(", ")} (some minutes) …`);
    run("apt-get", ["update", "-q"]);
    run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...DEBIAN]);
  } else if (downloads.length > 0) {
    log(`Downloading ${downloads.join(", ")} (some minutes) …`);
    run(process.execPath, [createRequire(import.meta.url).resolve("@playwright/test/cli"), "install", ...downloads]);
  }
  const still = (await missing()).map(({ sentence }) => sentence);
  for (const sentence of still) log(sentence);
  return still;
}

/** What the matrix would miss, with the name of Playwright's build where there is one. */
async function missing() {
  const { chromium, firefox, webkit } = await import("@playwright/test");
  const lacking = [];
  const need = (name, there, build, command) => there || lacking.push({ build, sentence: `${name} is missing: ${command}` });
  const own = (type, found) => found || existsSync(type.executablePath());
  need("Chromium", own(chromium, debianChromium()), "chromium", "cd e2e && npx playwright install chromium");
  need("Firefox", own(firefox, debianFirefox()), "firefox", "cd e2e && npx playwright install firefox");
  if (process.platform === "linux") need("WebKitGTK", webkitGtk(), undefined, "sudo apt-get install webkit2gtk-driver xvfb xauth");
  else need("WebKit", own(webkit), "webkit", "cd e2e && npx playwright install webkit");
  return lacking;
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

function run(command, args) {
  const { error, status } = spawnSync(command, args, {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (error || status !== 0) console.error(`${command} ${args.join(" ")} did not succeed${error ? `: ${error.message}` : ""}`);
}

if (argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await ensureBrowsers()).length > 0 ? 1 : 0;
