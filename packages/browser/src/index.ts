/** Isopod in browsers: pages and Web Workers. @module */
export { createHost, type BrowserHostOptions } from "./host.ts";
export * from "@isopod/core";
