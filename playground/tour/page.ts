// What scripts/start.mjs opens in Chromium: it offers one function, and is asked for one isolation at a time.
import { createHost } from "@isopod/browser";
import plugin from "../../guests/dist/validator.wasm?url";
import file from "../../guests/validator/records.jsonl?url";
import { split } from "../shared/records.mjs";
import { firstAnswer, visit } from "../shared/visit.mjs";

async function bytes(address: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

async function tour(isolation: "inline" | "worker", progress: (part: number) => void): Promise<object> {
  const records = await bytes(file);
  const { host, plugin: loaded, coldMs } = await firstAnswer(() => createHost({ isolation, workers: 1 }), await bytes(plugin), split(records)[0]!);
  const result = await visit(loaded, records, progress);
  await host.dispose();
  return { ...result, coldMs };
}

Object.assign(globalThis, { tour });
