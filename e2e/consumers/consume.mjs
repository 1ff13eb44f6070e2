import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { build, install } from "./prepare.mjs";
import { attribute, bundled, installed } from "./ours.mjs";
import { openPage, request } from "./open.mjs";
import { serve } from "./serve.mjs";

const APPS = new URL("apps/", import.meta.url);

/**
 * An application's consumer.json.
 *
 * @typedef {object} Consumer
 * @property {string} idea what is special about it, in a sentence
 * @property {string} plugin where the plugin lies in it
 * @property {{ static: string } | { script: string }} serve a folder, by a server of ours; or a script of its package.json, which listens on PORT
 * @property {string[]} [pages] addresses of pages, each of which writes the answer into every <output>
 * @property {string[]} [requests] addresses that answer with it
 * @property {number} budget bytes of ours, gzip, that it may take: of pages what they load, of servers what is in their bundle or, where they have none, what npm fetches
 * @property {string} [bundle] the folder with a server's bundle
 * @property {{ text: string, why: string }[]} [theirs] warnings of others, which must be there
 */

/**
 * @typedef {{ app: string, built: boolean, ran: boolean, warnings: string[], bytes: number, seconds: number, ok: boolean, reason: string }} Row
 * @typedef {{ folder: string, packages: Map<string, import("./pack.mjs").Packed>, answer: string, note: (text: string) => void }} Ground
 */

/** @returns {Promise<string[]>} names, the first ones the quickest to understand */
export async function allApps() {
  return (await readdir(APPS, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * Installs, builds, serves and opens one application.
 *
 * @param {string} app
 * @param {Ground} ground
 * @returns {Promise<Row>}
 */
export async function consume(app, { folder, packages, answer, note }) {
  const from = Date.now();
  const row = { app, built: false, ran: false, warnings: [], bytes: 0 };
  const end = (/** @type {string[]} */ troubles) => ({ ...row, seconds: Math.round((Date.now() - from) / 100) / 10, ok: troubles.length === 0, reason: troubles.join("; ") });
  try {
    const source = new URL(`${app}/`, APPS);
    /** @type {Consumer} */
    const consumer = JSON.parse(await readFile(new URL("consumer.json", source), "utf8"));
    note("installing");
    const dir = await install(source, { folder, packages, plugin: consumer.plugin });
    note("building");
    const lines = await build(dir);
    row.built = true;
    note("running");
    const { troubles, warnings, scripts } = await visit(dir, consumer, answer);
    row.ran = troubles.length === 0;

    const { bytes, strangers } = consumer.pages ? attribute(scripts, "browser") : consumer.bundle ? await bundled(join(dir, consumer.bundle)) : await installed(dir, packages);
    row.bytes = bytes;
    const { unheard, unexpected } = sift([...lines, ...warnings], consumer.theirs);
    row.warnings = unexpected;
    if (unexpected.length > 0) troubles.push(`${unexpected.length} warnings, the first: ${unexpected[0]}`);
    troubles.push(...unheard.map((text) => `consumer.json lists a warning that is no longer given: ${text}`));
    if (strangers.length > 0) troubles.push(`a bundle must not hold ${strangers.join(", ")}`);
    if (bytes === 0) troubles.push("nothing of ours was found in what it loads");
    if (bytes > consumer.budget) troubles.push(`${bytes} bytes of ours, more than ${consumer.budget}`);
    return end(troubles);
  } catch (error) {
    return end([error instanceof Error ? error.message : String(error)]);
  }
}

/**
 * @param {string} dir
 * @param {Consumer} consumer
 * @param {string} answer
 */
async function visit(dir, { serve: how, pages = [], requests = [] }, answer) {
  const server = await serve(dir, how);
  const troubles = [];
  const warnings = [];
  const scripts = [];
  try {
    for (const path of pages) {
      const page = await openPage(new URL(path, server.origin).href);
      warnings.push(...page.warnings);
      scripts.push(...page.scripts);
      if (page.trouble) troubles.push(`${path}: ${page.trouble}`);
      for (const text of page.answers) if (text !== answer) troubles.push(`${path} shows another answer: ${text}`);
    }
    for (const path of requests) {
      const text = await request(new URL(path, server.origin).href);
      if (text !== answer) troubles.push(`${path} gives another answer: ${text.slice(0, 500)}`);
    }
  } finally {
    warnings.push(...(await server.close()));
  }
  return { troubles, warnings, scripts };
}

/** Sorts warnings into ours and those that are listed. @param {string[]} lines @param {{ text: string }[]} theirs */
function sift(lines, theirs = []) {
  return {
    unexpected: lines.filter((line) => !theirs.some(({ text }) => line.includes(text))),
    unheard: theirs.filter(({ text }) => !lines.some((line) => line.includes(text))).map(({ text }) => text),
  };
}
