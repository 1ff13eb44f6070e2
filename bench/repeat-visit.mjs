/**
 * `node bench/repeat-visit.mjs`: the second visit to a page whose plugin has 5 MB, in Chromium. Ends with code 1 where the plugin,
 * verified and hardened, takes more than 1.2 times what plain `compileStreaming` of the same URL does.
 *
 *   --rounds 15 --json
 *
 * Each round is a browser that starts anew on the same profile, and each visit a tab of its own, so that nothing but what
 * is on the disk is left of an earlier one.
 */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { numberOf, readOptions } from "../scripts/options.mjs";
import { chromium } from "./harness/chromium.mjs";
import { larger } from "../e2e/harness/larger.mjs";

const TARGET = 1.2;
/** QuickJS so many times is 4.7 MB. */
const TIMES = 9;

const values = readOptions("node bench/repeat-visit.mjs [--rounds 15] [--json]", { rounds: { type: "string", default: "15" }, json: { type: "boolean", default: false } });
const rounds = numberOf("--rounds", values.rounds, "whole");

const engine = await readFile(createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm"));
const plugin = larger(engine, TIMES);
const integrity = `sha256-${createHash("sha256").update(plugin).digest("base64")}`;
const script = await readFile(new URL("../packages/browser/dist/standalone.js", import.meta.url));
const worker = await readFile(new URL("../packages/browser/dist/worker.js", import.meta.url));

/** What a page sends for good, as sites do with files whose names have a hash. */
const FILES = /** @type {Record<string, [type: string, body: string | Uint8Array]>} */ ({
  "/": ["text/html", "<!doctype html><title>repeat visit</title>"],
  "/plugin.wasm": ["application/wasm", plugin],
  "/other.wasm": ["application/wasm", larger(engine, 2)],
  "/standalone.js": ["text/javascript", script],
  "/worker.js": ["text/javascript", worker],
});

/** In the page. @type {Record<string, string>} */
const VISITS = {
  "compileStreaming": "await WebAssembly.compileStreaming(fetch('/plugin.wasm'))",
  "compileStreaming, and an instance": "await WebAssembly.instantiateStreaming(fetch('/plugin.wasm'), nothing)",
  "Isopod, integrity": "await load({ cache: true }, { integrity })",
  "Isopod, no integrity": "await load({ cache: true }, {})",
  "Isopod, no cache": "await load({}, { integrity })",
};

const visit = (/** @type {string} */ code) => `(async () => {
  const { createHost } = await import("/standalone.js");
  const integrity = ${JSON.stringify(integrity)};
  const names = ["host_get_timezone_offset", "host_interrupt", "host_promise_rejection", "host_module_normalize", "host_module_load", "host_call"];
  const env = Object.fromEntries(names.map((name) => [name, () => 0]));
  const nothing = { env, wasi_snapshot_preview1: new Proxy({}, { get: () => () => 0 }) };
  const load = async (host, options) => {
    const plugin = await createHost({ isolation: "inline", ...host }).load("/plugin.wasm", { abi: "plain", functions: { env }, ...options });
    if (plugin.info.size !== ${plugin.length} || plugin.callSync("JS_GetVersion", [], { as: "value" }) <= 0) throw new Error("not that plugin");
  };
  const began = performance.now();
  ${code};
  return performance.now() - began;
})()`;

const server = createServer((request, response) => {
  const [type, body] = FILES[request.url ?? ""] ?? [];
  response.writeHead(body ? 200 : 404, { "content-type": type ?? "text/plain", "cache-control": "public, max-age=31536000, immutable" }).end(body);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const profile = await mkdtemp(join(tmpdir(), "isopod-visits-"));

async function browse(/** @type {(once: (code: string) => Promise<number>) => Promise<void>} */ use) {
  const { type, options } = chromium();
  const browser = await type.launchPersistentContext(profile, options);
  try {
    await use(async (code) => {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForTimeout(200);
      const time = await page.evaluate(visit(code));
      await page.waitForTimeout(200);
      await page.close();
      return time;
    });
  } finally {
    await browser.close();
  }
}

const median = (/** @type {number[]} */ times) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
const times = /** @type {Record<string, number[]>} */ (Object.fromEntries(Object.keys(VISITS).map((name) => [name, []])));
const first = /** @type {Record<string, number>} */ ({});
try {
  await browse(async (once) => {
    for (const [name, code] of Object.entries(VISITS)) first[name] = await once(code);
  });
  for (let round = 0; round < rounds; round++) {
    const all = Object.entries(VISITS);
    const turn = round % all.length;
    await browse(async (once) => {
      // Whoever comes first in a new browser waits for the browser, too.
      await once("await WebAssembly.compileStreaming(fetch('/other.wasm'))");
      for (const [name, code] of [...all.slice(turn), ...all.slice(0, turn)]) times[name]?.push(await once(code));
    });
  }
} finally {
  server.closeAllConnections();
  server.close();
  await rm(profile, { recursive: true, force: true });
}

const [plain = "", whole = ""] = Object.keys(VISITS);
const rows = Object.entries(times).map(([name, taken]) => ({
  name,
  milliseconds: median(taken),
  best: Math.min(...taken),
  // Of what lay next to each other in time.
  ratio: median(taken.map((time, round) => time / (times[plain]?.[round] ?? NaN))),
  toInstance: median(taken.map((time, round) => time / (times[whole]?.[round] ?? NaN))),
}));
if (values.json) console.log(JSON.stringify({ bytes: plugin.length, first, rows }));
else {
  console.log(`${plugin.length} bytes; medians of ${rounds} visits, and of their ratios to compileStreaming in the same round`);
  for (const { name, milliseconds, best, ratio, toInstance } of rows) console.log(`${name.padEnd(34)} ${milliseconds.toFixed(0).padStart(5)} ms, best ${best.toFixed(0).padStart(4)}, ${ratio.toFixed(2)} × compiled, ${toInstance.toFixed(2)} × instantiated; first visit ${first[name]?.toFixed(0)} ms`);
}
if (!(Number(rows[2]?.ratio) <= TARGET)) process.exitCode = 1;
