import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * Builds the page and serves it, with its lanes, on 127.0.0.1.
 *
 * @param {{ port?: number }} [options] the port, or the next one that is free; 0 is any
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve({ port = 4173 } = {}) {
  await build({ root, logLevel: "error" });
  const server = await preview({ root, logLevel: "error", preview: { port } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("the playground's server has no address");
  return { url, close: () => server.close() };
}
