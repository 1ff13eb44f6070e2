/** Calls one plugin very often and prints what changed between the beginning, the middle and the end. */
import { BroadcastChannel } from "node:worker_threads";
import { createHost } from "@isopod/node";
import { loadOptions } from "../../contenders/isopod.mjs";
import { settledRss } from "../../harness/child.mjs";
import { environment } from "../../harness/env.mjs";
import { median } from "../../harness/interleave.mjs";
import { pages } from "./spy.mjs";

const { abi, isolation, lang, calls } = JSON.parse(process.argv[2]);
/** A thousand calls are timed as ten blocks and stand for their median: one interruption is not a slowdown. */
const BLOCK = 100;
const THOUSAND = 10;
const ANSWER_MS = 100;

const host = createHost({ isolation });
const options = abi === "plain" ? {} : loadOptions(abi);
const plugin = await host.load(environment({ lang }).guest(`${abi}-${lang}`), /** @type {any} */ (options));

const input = new Uint8Array(64).fill(0x61);
const call = abi === "plain" ? () => plugin.call("add", [2, 3]) : () => plugin.call("host", input);

async function block() {
  const start = performance.now();
  for (let i = 0; i < BLOCK; i++) await call();
  return performance.now() - start;
}

/** Garbage gone in every thread, then memory and pages. */
async function measure() {
  const channel = new BroadcastChannel("soak");
  /** @type {Map<number, number>} */
  const elsewhere = new Map();
  channel.onmessage = /** @param {any} event */ ({ data }) => void elsewhere.set(data.threadId, data.pages);
  channel.postMessage("settle");
  await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  channel.close();
  const rss = await settledRss();
  return { rss, pages: [...elsewhere.values()].reduce((sum, count) => sum + count, pages()) };
}

const times = [];
let middle = { rss: 0, pages: 0 };
for (let done = 0; done < calls; done += BLOCK) {
  if (done === calls / 2) middle = await measure();
  times.push(await block());
}
const end = await measure();
await host.dispose();

const result = {
  slowdown: median(times.slice(-THOUSAND)) / median(times.slice(0, THOUSAND)),
  grownMiB: (end.rss - middle.rss) / 1024,
  grownPages: end.pages - middle.pages,
  pages: end.pages,
  callNs: (Math.min(...times) * 1e6) / BLOCK,
};
process.stdout.write(JSON.stringify(result), () => process.exit());
