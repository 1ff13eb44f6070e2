// From `npm create isopod` to the first answer in a browser, as somebody new has it: two commands, a warm npm cache.
//
//   node e2e/consumers/first-answer.mjs [--language c] [--json]
//
// Ends with 1 if there is no answer, or if it took longer than it may.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { readOptions } from "../../scripts/options.mjs";
import { build } from "../../scripts/setup.mjs";
import { debianChromium } from "../harness/browsers.mjs";
import { command, start as startProgram } from "./command.mjs";
import { registry } from "./registry.mjs";

const MOST_SECONDS = 90;
const STEP_MS = 240_000;
const NAME = "my-plugin";
/** Preset is what create-isopod presets. */
const { language, json } = readOptions("node e2e/consumers/first-answer.mjs [--language c] [--json]", { language: { type: "string", default: "assemblyscript" }, json: { type: "boolean", default: false } });
const CREATE = ["create", "--yes", "isopod", NAME, "--", "--language", language, "--host", "browser"];

const seconds = (/** @type {number} */ from) => Number(((performance.now() - from) / 1000).toFixed(1));

/** What there is to wait for, in seconds. @param {string} folder @param {Record<string, string>} env */
async function firstAnswer(folder, env) {
  const cwd = join(folder, NAME);
  const start = performance.now();
  const said = await command("npm", CREATE, { cwd: folder, ms: STEP_MS, env });
  if (!said.includes(`cd ${NAME} && npm install && npm start`)) throw new Error(`npm create isopod does not say the second command:\n${said}`);
  const created = seconds(start);

  await command("npm", ["install"], { cwd, ms: STEP_MS, env });
  const installed = seconds(start);

  const { ready, app } = served(cwd, env);
  const browser = await chromium.launch({ executablePath: debianChromium(), args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.goto(await ready);
    const answer = await page.waitForFunction(() => document.querySelector("output")?.value || undefined, undefined, { timeout: 60_000 });
    const whole = seconds(start);
    return { create: created, install: Number((installed - created).toFixed(1)), start: Number((whole - installed).toFixed(1)), whole, answer: await answer.jsonValue() };
  } finally {
    await app.stop();
    await browser.close();
  }
}

/** `npm start`, and the address that it says. @param {string} cwd @param {Record<string, string>} env */
function served(cwd, env) {
  /** @type {(address: string) => void} */
  let heard;
  /** @type {Promise<string>} */
  const address = new Promise((resolve) => (heard = resolve));
  const app = startProgram("npm", ["start"], {
    cwd,
    env,
    heard(said) {
      const found = /http:\/\/localhost:\d+\//.exec(said);
      if (found) heard(found[0]);
    },
  });
  const gone = app.ended.then((trouble) => Promise.reject(new Error(`npm start ${trouble ?? "ended"}:\n${app.said()}`)));
  gone.catch(() => {}); // it is ended by us, too
  return { ready: Promise.race([address, gone]), app };
}

async function main() {
  await build();
  const folder = await mkdtemp(join(tmpdir(), "isopod-first-answer-"));
  let closing = () => {};
  try {
    const { env, close } = await registry(await mkdtemp(join(folder, "packed-")));
    closing = close;
    // What somebody's cache has who has used npm for such things before: once for the cache, once for the clock.
    await firstAnswer(await mkdtemp(join(folder, "warm-")), env);
    const found = await firstAnswer(await mkdtemp(join(folder, "timed-")), env);
    const good = found.answer === "hello-world" && found.whole <= MOST_SECONDS;
    const { create, install, start, whole, answer } = found;
    if (json) console.log(JSON.stringify({ ...found, most: MOST_SECONDS, good }));
    else console.log(`npm create isopod ${create} s, npm install ${install} s, npm start to "${answer}" in Chromium ${start} s: ${whole} s of ${MOST_SECONDS}`);
    process.exitCode = good ? 0 : 1;
  } finally {
    closing();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
