/** Makes many instances, keeps them, and prints by how much the process grew for each. */
import { Worker } from "node:worker_threads";
import { extismByHand } from "../../hand/extism.mjs";
import { fill, reverse, start } from "../../hand/instance.mjs";
import { packedByHand } from "../../hand/packed.mjs";
import { wapcByHand } from "../../hand/wapc.mjs";
import { pluginOptions } from "../../contenders/extism.mjs";
import { loadOptions } from "../../contenders/isopod.mjs";
import { settledRss } from "../../harness/child.mjs";
import { environment } from "../../harness/env.mjs";

/** @typedef {"packed" | "extism" | "wapc"} AbiName */

const { name, lang, count } = JSON.parse(process.argv[2]);
const abi = /** @type {AbiName} */ (name.match(/packed|extism|wapc/)?.[0] ?? "packed");
const bytes = environment({ lang }).guest(`${abi}-${lang}`);
const INPUT = new Uint8Array(16).fill(0x61);
/** How many instances of one Isopod plugin are made before the next plugin, so that the plugin itself weighs little. */
const INSTANCES = 100;

/** One instance by hand; what is kept is what one would keep to call it. */
async function hand() {
  const module = await WebAssembly.compile(bytes);
  const make = { packed: () => ({ imports: {}, bind: packedByHand }), extism: () => extismByHand(reverse), wapc: () => wapcByHand(reverse) }[abi];
  return async () => {
    const { imports, bind } = make();
    const call = bind(start(new WebAssembly.Instance(module, fill(module, /** @type {any} */ (imports))))).bytes("echo");
    call(INPUT);
    return [call];
  };
}

/** A pool makes an instance only when all others are busy: each is held, by `borrow`, while the next is asked for. */
async function isopod(/** @type {number} */ instances) {
  const { createHost } = await import("@isopod/node");
  const host = createHost({ isolation: "inline" });
  const module = await WebAssembly.compile(bytes);
  const options = /** @type {any} */ ({ ...loadOptions(abi), limits: { concurrency: instances } });
  return async () => {
    const plugin = await host.load(module, options);
    const nest = (/** @type {number} */ deeper) => {
      plugin.callSync("echo", INPUT, { borrow: () => (deeper > 0 ? nest(deeper - 1) : undefined) });
    };
    nest(instances - 1);
    return Array(instances).fill(plugin);
  };
}

async function extism(/** @type {string} */ specifier) {
  const { createPlugin } = await import(specifier);
  const module = await WebAssembly.compile(bytes);
  return async () => {
    const plugin = await createPlugin({ wasm: [{ module }] }, pluginOptions(bytes));
    await plugin.call("echo", INPUT);
    return [plugin];
  };
}

async function wapcHost() {
  const { instantiate } = (await import("@wapc/host")).default;
  return async () => {
    const host = await instantiate(bytes);
    await host.invoke("echo", INPUT);
    return [host];
  };
}

async function worker() {
  return async () => {
    const thread = new Worker(new URL("../../contenders/workers/guest.mjs", import.meta.url), { workerData: bytes });
    thread.postMessage(["echo", INPUT]);
    await new Promise((resolve) => thread.once("message", resolve));
    return [thread];
  };
}

function maker() {
  if (name === "a worker each") return worker();
  if (name === "@wapc/host") return wapcHost();
  if (name.endsWith("by hand")) return hand();
  if (name.endsWith("a plugin each")) return isopod(1);
  if (name.includes("isopod")) return isopod(INSTANCES);
  return extism(name === "extism 1.0.3" ? "@extism/extism" : "extism-rc13");
}

const make = await maker();
/** @type {unknown[]} */
const kept = [];
const upTo = async (/** @type {number} */ total) => {
  while (kept.length < total) kept.push(...(await make()));
};

// The first ones also pay for code, caches and the heap's first steps.
await upTo(Math.min(200, count / 2));
const before = await settledRss();
const already = kept.length;
await upTo(already + count);
const kib = ((await settledRss()) - before) / (kept.length - already);
process.stdout.write(JSON.stringify({ kib }), () => process.exit());
