import { readFile } from "node:fs/promises";
import { split } from "../shared/records.mjs";
import { startWorkerd } from "../workerd/start.mjs";

const ANSWER_MS = 60_000;

/**
 * workerd, a new process for each isolation. Cold is its first request: what it imports statically it compiled when
 * it started.
 *
 * @param {string} isolation
 * @param {import("./index.mjs").Ground} ground
 * @returns {Promise<import("./index.mjs").Result>}
 */
export async function workerdStop(isolation, { plugin, records: file, progress, closers }) {
  const records = await readFile(file);
  const { url, stop } = await startWorkerd(plugin);
  closers.add(stop);
  const post = async (/** @type {string} */ path, /** @type {Uint8Array} */ body) => {
    const response = await fetch(new URL(`${path}?${new URLSearchParams({ isolation, op: "validate" })}`, url), {
      method: "POST",
      body: /** @type {Uint8Array<ArrayBuffer>} */ (body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) throw new Error(/** @type {{ message: string }} */ (await response.json()).message);
    return response;
  };
  const from = performance.now();
  await (await post("/call", split(records)[0] ?? new Uint8Array())).arrayBuffer();
  const coldMs = Math.round((performance.now() - from) * 100) / 100;

  for await (const line of linesOf(await post("/visit", records))) {
    const { progress: part, result, error } = JSON.parse(line);
    if (error) throw new Error(error);
    if (result) return { ...result, isolation, coldMs };
    progress(part);
  }
  throw new Error("workerd stopped answering");
}

/** @param {Response} response */
async function* linesOf(response) {
  let rest = "";
  for await (const text of /** @type {ReadableStream<string>} */ (response.body?.pipeThrough(new TextDecoderStream()))) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
