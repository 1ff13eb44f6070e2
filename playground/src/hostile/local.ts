import { createHost, hostCalls, inspect, inWorkers, leaving, limits, packed, packedFunctions, swapping, wasi } from "@isopod/browser/lean";
import type { Host, Plugin } from "@isopod/core";
import address from "../../../guests/dist/hostile-turned.wasm?url";
import digest from "digest:hostile-turned";
import { LIMITS } from "../../shared/hostile.ts";
import { isTold, type Told } from "./told.ts";

/** Where the guest finds what it is lent: a file, so that a Web Worker can import it. */
const LENT = new URL("lent.js", document.baseURI);

/** A host of this page with so many workers, and whoever is told what plugins use in them. */
export function localHost(workers: number, onTold: (told: Told) => void = () => {}): Host {
  const start = (): Worker => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "hostile" });
    worker.addEventListener("message", ({ data }) => {
      if (isTold(data)) onTold(data);
    });
    return worker;
  };
  return createHost({ abis: [packed([wasi], packedFunctions)], inspect, limits, swapping, isolations: [inWorkers(start, workers, hostCalls, leaving(undefined, workers))] });
}

export async function fetchGuest(): Promise<Uint8Array> {
  const response = await fetch(address, { integrity: digest });
  if (!response.ok) throw new Error(`the guest could not be fetched: the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The guest as it is let loose. @param more limits that differ */
export function loadGuest(host: Host, bytes: Uint8Array, more: Readonly<Record<string, number>> = {}): Promise<Plugin> {
  return host.load(bytes, { functions: LENT, limits: { ...LIMITS, ...more } });
}
