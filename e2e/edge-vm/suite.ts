// One script in an Edge VM, see serve.mjs: the guests come over HTTP, as it has no files.
import { createHost, type EdgeHostOptions } from "@isopod/edge";
import { fatal, report } from "../suite/report.ts";
import { findProbes } from "../suite/probes.ts";
import type { Emit } from "../suite/events.ts";

const { runtime, origin, filter, functionsUrl } = JSON.parse(start) as Record<"runtime" | "origin" | "filter" | "functionsUrl", string>;
const url = (name: string) => `${origin}/guests/${name}.wasm`;
const bytes = async (name: string) => {
  const response = await fetch(url(name));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};
const emit: Emit = (event) => tell(JSON.stringify(event));

async function run(): Promise<void> {
  // No thread but this one, so every fact is as for any other guest inline.
  const thread = () => Promise.reject(new Error("there are no workers"));
  const probes = await findProbes("inline", { thread, functionsUrl, guestUrl: url("plain-wat") });
  const host = (options = {}) => createHost({ isolation: "static", ...(options as EdgeHostOptions) });
  await report({ runtime, isolation: "static", host, guest: bytes, bytes, url, functionsUrl: undefined, probes }, filter, emit);
}

run().catch((error) => emit(fatal(error)));
