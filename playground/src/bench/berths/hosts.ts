import type { Host } from "@isopod/browser";
import { hostInPage, hostInWorkers } from "../../host.ts";

/** Where plugins find what the playground lends them: a file, so that a Web Worker can import it. */
export const LENT = new URL("lent.js", document.baseURI);

let threads: Host | undefined;
let page: Host | undefined;

/** One Web Worker for everything that may hang. */
export const inWorker = (): Host => (threads ??= hostInWorkers(1));

/** The page's own thread. What runs here cannot be ended, so it has returned from a worker before. */
export const inPage = (): Host => (page ??= hostInPage());
