import { fileURLToPath } from "node:url";
import type { Connect, Plugin } from "vite";
import { lanesHandler } from "./lanes.ts";
import { nodeLane } from "./node.ts";
import { workerdLane } from "./workerd.ts";

const plugin = fileURLToPath(new URL("../../guests/dist/validator.wasm", import.meta.url));

/** Gives Vite's server, and that of a built page, the lanes of Node and workerd. Each starts at its first request. */
export function lanes(): Plugin {
  const attach = (server: { middlewares: Connect.Server; httpServer: { once(event: "close", listener: () => void): unknown } | null }) => {
    const all = { node: nodeLane(plugin), workerd: workerdLane(plugin) };
    server.middlewares.use(lanesHandler(all));
    server.httpServer?.once("close", () => void Promise.allSettled(Object.values(all).map((lane) => lane.close())));
  };
  return { name: "isopod:lanes", configureServer: attach, configurePreviewServer: attach };
}
