/**
 * `node bench/deadline.mjs`: how late a loop is stopped after its deadline, and how long the call after it takes, in this
 * Node and in Chromium. Ends with code 1 where a median is above its target.
 *
 *   --rounds 50 --json
 *
 * Beside it is how late a bare timer of as many milliseconds was in the same rounds: what is the machine's own.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createHost } from "@isopod/node";
import { numberOf, readOptions } from "../scripts/options.mjs";
import { chromium } from "./harness/chromium.mjs";
import { deadlines } from "./harness/deadlines.mjs";

/** Milliseconds. Medians decide, as other work on the machine only ever adds; `worker` is what the latest of a worker should keep. */
const TARGETS = { median: 10, worker: 50, inline: 25, next: 5 };

const values = readOptions("node bench/deadline.mjs [--rounds 50] [--json]", { rounds: { type: "string", default: "50" }, json: { type: "boolean", default: false } });
const rounds = numberOf("--rounds", values.rounds, "whole");
const guest = new URL("../guests/dist/limits-wat.wasm", import.meta.url);

/** @returns {Promise<import("./harness/deadlines.mjs").Measured[]>} */
async function inChromium() {
  const files = /** @type {Record<string, [type: string, at: URL]>} */ ({
    "/guest.wasm": ["application/wasm", guest],
    "/standalone.js": ["text/javascript", new URL("../packages/browser/dist/standalone.js", import.meta.url)],
    "/worker.js": ["text/javascript", new URL("../packages/browser/dist/worker.js", import.meta.url)],
    "/deadlines.js": ["text/javascript", new URL("harness/deadlines.mjs", import.meta.url)],
  });
  const server = createServer(async ({ url = "" }, response) => {
    const [type, at] = files[url] ?? ["text/html"];
    response.writeHead(200, { "content-type": type }).end(at ? await readFile(at) : "<!doctype html><title>deadlines</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { type, options } = chromium();
  const browser = await type.launch(options);
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`);
    return await page.evaluate(`(async () => {
      const [{ createHost }, { deadlines }] = await Promise.all([import("/standalone.js"), import("/deadlines.js")]);
      return deadlines(createHost, new Uint8Array(await (await fetch("/guest.wasm")).arrayBuffer()), ${rounds});
    })()`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

const sorted = (/** @type {number[]} */ times) => times.toSorted((a, b) => a - b);
const median = (/** @type {number[]} */ times) => sorted(times)[times.length >> 1] ?? NaN;
const most = (/** @type {number[]} */ times) => Math.max(...times);

const measured = [
  ...(await deadlines(createHost, new Uint8Array(await readFile(guest)), rounds)).map((each) => ({ runtime: `Node ${process.versions.node}`, ...each })),
  ...(await inChromium()).map((each) => ({ runtime: "Chromium", ...each })),
];
const rows = measured.map(({ runtime, name, late, next, timer }) => {
  const row = { runtime, name, late: median(late), latest: most(late), next: median(next), longestNext: most(next), timer: median(timer), latestTimer: most(timer) };
  return { ...row, ok: row.late <= (name === "inline" ? TARGETS.inline : TARGETS.median) && row.next <= TARGETS.next };
});
if (values.json) console.log(JSON.stringify({ rounds, targets: TARGETS, rows }));
else {
  const shown = (/** @type {number} */ ms) => ms.toFixed(1).padStart(6);
  console.log(`milliseconds, median and most of ${rounds}; targets: worker ${TARGETS.median} and ${TARGETS.worker}, inline ${TARGETS.inline}, next call ${TARGETS.next}; medians decide`);
  for (const { runtime, name, late, latest, next, longestNext, timer, latestTimer, ok } of rows) {
    console.log(`${ok ? "ok  " : "MISS"} ${runtime.padEnd(13)} ${name.padEnd(22)} late ${shown(late)}${shown(latest)}   next call ${shown(next)}${shown(longestNext)}   a bare timer, late ${shown(timer)}${shown(latestTimer)}`);
  }
}
if (!rows.every(({ ok }) => ok)) process.exitCode = 1;
