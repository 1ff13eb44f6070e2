import { createHost, type Host } from "@isopod/browser";
import { worker } from "../../workers.ts";

/** Where plugins find what the playground lends them: a file, so that a Web Worker can import it. */
export const LENT = new URL("lent.js", document.baseURI);

let threads: Host | undefined;
let page: Host | undefined;

/** One Web Worker for everything that may hang. */
export const inWorker = (): Host => (threads ??= createHost({ isolation: "worker", workers: 1, worker }));

/** The page's own thread. What runs here cannot be ended, so it has returned from a worker before. */
export const inPage = (): Host => (page ??= createHost({ isolation: "inline" }));
