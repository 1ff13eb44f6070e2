import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { pieces } from "./source-map.mjs";

/** A source, or an address, that an application has because of us. */
const OURS = /(?:^|[\\/@])(?:@isopod[\\/]|isopod[\\/@]|comlink[\\/@])|\.wasm\?plugin/;
/** What no bundle may hold: tools, the suite, and the other runtimes. */
const NEVER = /@isopod[\\/](?:node|cli|build)[\\/]|comlink.*node-adapter|[\\/]core[\\/]dist[\\/]testing[\\/]/;
const STRANGERS = {
  browser: new RegExp(`${NEVER.source}|@isopod[\\\\/]edge[\\\\/]`),
  edge: new RegExp(`${NEVER.source}|@isopod[\\\\/]browser[\\\\/]|comlink`),
};

/**
 * How much of what was loaded is ours, by the source maps of the scripts. A script without a map counts as a whole if it
 * lies in a folder of ours, or speaks of us.
 *
 * @param {readonly import("./open.mjs").Script[]} scripts
 * @param {keyof typeof STRANGERS} runtime
 * @returns {{ bytes: number, strangers: string[] }} gzip, each script by itself; sources that have no place there
 */
export function attribute(scripts, runtime) {
  let bytes = 0;
  /** @type {Set<string>} */
  const sources = new Set();
  for (const script of new Map(scripts.map((script) => [script.url, script])).values()) {
    let ours = "";
    for (const { source, text } of partsOf(script)) {
      if (!OURS.test(source)) continue;
      ours += text;
      sources.add(source);
    }
    if (ours !== "") bytes += gzipSync(ours, { level: 9 }).length;
  }
  return { bytes, strangers: [...sources].filter((source) => STRANGERS[runtime].test(source)).sort() };
}

/** The same of every script in a folder, for a worker on the edge. @param {string} folder */
export async function bundled(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.[cm]?js$/.test(name));
  const read = (/** @type {string} */ name) => readFile(join(folder, name), "utf8");
  const scripts = await Promise.all(
    names.map(async (name) => ({ url: pathToFileURL(join(folder, name)).href, text: await read(name), ...(await read(`${name}.map`).then((map) => ({ map }), () => ({}))) })),
  );
  return attribute(scripts, "edge");
}

/** What npm fetched of ours, for a server that bundles nothing. @param {string} dir @param {Map<string, import("./pack.mjs").Packed>} packages */
export async function installed(dir, packages) {
  const { packages: all } = JSON.parse(await readFile(join(dir, "package-lock.json"), "utf8"));
  const names = Object.keys(all).map((path) => path.replace(/.*node_modules\//, ""));
  const ours = [...packages.values()].filter(({ name }) => names.includes(name));
  return { bytes: ours.reduce((sum, { size }) => sum + size, 0), strangers: [] };
}

/** @param {import("./open.mjs").Script} script */
function partsOf({ url, text, map }) {
  if (map !== undefined) return pieces(text, JSON.parse(map));
  return [{ source: /isopod/i.test(text) ? "isopod/without-a-map" : new URL(url).pathname, text }];
}
