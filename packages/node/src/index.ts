/** Isopod in Node ≥ 20, Deno and Bun. @module */
export { createHost, type NodeHostOptions } from "./host.ts";
export * from "@isopod/core";
