/** Isopod in Node ≥ 20, Deno and Bun. */
export { createHost, type NodeHostOptions } from "./host.ts";
export * from "@isopod/core";
