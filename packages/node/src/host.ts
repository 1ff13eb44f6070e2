import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { Host, HostOptions } from "@isopod/core";
import { debugging, endIdle, everyAbi, foreign, hardenIn, hostCalls, hotSwap, importFunctions, inline, inspectCoreModule, keep, limits, makeHost, Queue, workers } from "@isopod/core/spi";
import { startWorker } from "./isolate.ts";
import { ownScript } from "./own-script.ts";

/** Options of a host in Node, Deno or Bun. */
export interface NodeHostOptions extends HostOptions {
  /** Default `worker`: a plugin that hangs or crashes then costs its own call only. */
  readonly isolation?: "worker" | "inline";
  /** Most worker threads, each started when it is first needed. Default: one a core. One more stands by where `limits.time` is named for a Module that was not hardened. */
  readonly workers?: number;
  /**
   * Milliseconds without a call after which a plugin's instances are let go, and workers end, all but one; at the latest
   * after twice as many. Default 30,000; Infinity is never.
   */
  readonly idle?: number;
  /** A worker script of the application that calls `serve`, for ABIs beyond the preset ones. */
  readonly worker?: URL;
}

/**
 * Makes a host in Node.
 *
 * @example
 * const host = createHost();
 * const plugin = await host.load("./slugify.wasm");
 * await plugin.call("slugify", "Grüße", { as: "text" });
 */
export function createHost(options: NodeHostOptions = {}): Host {
  const { workers: size = availableParallelism(), worker, isolation = "worker", idle, ...rest } = options;
  const threads = workers(endIdle(async () => startWorker(worker ?? (await ownScript()), idle), idle), size, hostCalls);
  const harden = hardenIn(threads);
  return makeHost(
    {
      abis: everyAbi(),
      foreign,
      inspect: inspectCoreModule,
      limits: debugging(limits),
      swapping: hotSwap(() => new Queue()),
      isolations: [{ ...threads, harden }, { ...inline(() => new Queue(), importFunctions, keep({ idle })), harden }],
      open,
    },
    { ...rest, isolation },
  );
}

/** A path, or a URL: file:, http:, https: or data:. */
async function open(address: string): Promise<Uint8Array | Response> {
  if (/^(https?|data):/.test(address)) return fetch(address);
  return readFile(address.startsWith("file:") ? new URL(address) : address);
}
