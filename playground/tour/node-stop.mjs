// The child of tour/node.mjs: `node-stop.mjs <isolation> <plugin> <records>`, its result by IPC.
import { readFile } from "node:fs/promises";
import { createHost } from "@isopod/node";
import { split } from "../shared/records.mjs";
import { firstAnswer, visit } from "../shared/visit.mjs";

process.once("disconnect", () => process.exit());
const send = (/** @type {object} */ message) => process.send?.(message);
const [isolation, plugin = "", file = ""] = process.argv.slice(2);
try {
  const [bytes, records] = await Promise.all([readFile(plugin), readFile(file)]);
  const makeHost = () => createHost({ isolation: /** @type {"inline" | "worker"} */ (isolation), workers: 1 });
  const { host, plugin: loaded, coldMs } = await firstAnswer(makeHost, bytes, split(records)[0] ?? new Uint8Array());
  const result = await visit(loaded, records, (progress) => send({ progress }));
  await host.dispose();
  send({ result: { ...result, coldMs } });
} catch (error) {
  send({ error: /** @type {Error} */ (error).message });
}
