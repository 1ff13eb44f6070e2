/** Isopod on workerd: Cloudflare Workers and what is built like them. @module */
export { createHost, type EdgeHostOptions } from "./host.ts";
export type { WorkerCode, WorkerLoader } from "./binding.ts";
export * from "@isopod/core";
