/** Isopod in browsers: pages and Web Workers. */
export { createHost, type BrowserHostOptions } from "./host.ts";
export * from "@isopod/core";
