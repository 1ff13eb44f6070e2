/** Isopod in Node ≥ 20, and in Deno and Bun by their Node compatibility. */
export { createHost, type NodeHostOptions } from "./host.ts";
export * from "@isopod/core";
