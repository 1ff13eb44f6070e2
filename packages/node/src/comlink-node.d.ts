declare module "comlink/dist/esm/node-adapter.mjs" {
  import type { MessagePort } from "node:worker_threads";
  /** Makes of a Node port what comlink speaks over. */
  export default function nodeEndpoint(port: MessagePort): never;
}
