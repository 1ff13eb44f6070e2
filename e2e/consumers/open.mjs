import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { debianChromium } from "../harness/browsers.mjs";

const ANSWER_MS = 20_000;
const REQUEST_MS = 20_000;
/** Nothing that a browser does for itself. */
const QUIET = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

/** A script as it was loaded. @typedef {{ url: string, text: string, map?: string }} Script */

/**
 * Opens a page in a browser of its own, and waits until each `<output>` of it has a text.
 *
 * @param {string} url
 * @returns {Promise<{ answers: string[], warnings: string[], scripts: Script[], trouble?: string }>}
 */
export async function openPage(url) {
  const executablePath = debianChromium() ?? chromium.executablePath();
  if (!existsSync(executablePath)) throw new Error("Chromium is missing: run `node e2e/install.mjs`");
  const browser = await chromium.launch({ executablePath, args: QUIET.map((flag) => `--${flag}`), handleSIGINT: false, handleSIGTERM: false });
  /** @type {string[]} */
  const warnings = [];
  /** @type {Map<string, Promise<Script | undefined>>} */
  const loaded = new Map();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    // The browser tells nothing of the requests for its script.
    context.on("serviceworker", (worker) => void loaded.set(worker.url(), again(worker.url())));
    context.on("console", (message) => /^(?:error|warning|assert)$/.test(message.type()) && warnings.push(`console: ${message.text()} (${message.location().url})`));
    context.on("weberror", (error) => warnings.push(`thrown: ${error.error().message}`));
    context.on("requestfailed", (request) => warnings.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
    context.on("response", (response) => {
      if (response.status() >= 400) warnings.push(`${response.status()}: ${response.url()}`);
      else if (/javascript/.test(response.headers()["content-type"] ?? "")) loaded.set(response.url(), read(response));
    });
    await page.goto(url);
    const trouble = await page
      .waitForFunction("(all => all.length > 0 && all.every(({ textContent }) => textContent !== ''))([...document.querySelectorAll('output')])", undefined, { timeout: ANSWER_MS })
      .then(() => undefined, () => `no answer within ${ANSWER_MS / 1000} s`);
    const answers = await page.locator("output").allTextContents();
    const scripts = (await Promise.all(loaded.values())).filter((script) => script !== undefined);
    return { answers, warnings, scripts, ...(trouble && { trouble: [trouble, ...warnings.slice(0, 3)].join("; ") }) };
  } finally {
    await browser.close();
  }
}

/** A script with its map, if it names one. @param {import("@playwright/test").Response} response */
async function read(response) {
  const url = response.url();
  const text = await response.text().catch(() => undefined);
  // Of workers' scripts the browser does not give the text: they are asked for again.
  return text === undefined ? again(url) : withMap(url, text);
}

/** @param {string} url */
async function again(url) {
  return withMap(url, await (await fetch(url)).text());
}

/** @param {string} url @param {string} text @returns {Promise<Script>} */
async function withMap(url, text) {
  const name = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
  if (!name) return { url, text };
  const response = await fetch(new URL(name, url));
  return response.ok ? { url, text, map: await response.text() } : { url, text };
}

/** @param {string} url @returns {Promise<string>} what it answers */
export async function request(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) });
  const text = await response.text();
  return response.ok ? text : `${response.status} ${text}`;
}
