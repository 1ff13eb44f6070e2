import type { IncomingMessage } from "node:http";

/**
 * Why a request is not this server's, or undefined. It listens on 127.0.0.1, and still any page in the browser can send
 * to it: by its address (then the Origin is foreign), or by a name that resolves to it (then the Host is).
 */
export function refusal({ headers, socket }: IncomingMessage): string | undefined {
  const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${socket.localPort}`);
  const { host = "", origin } = headers;
  if (!hosts.includes(host)) return `this server answers as ${hosts.join(" or ")} only, not as "${host}"`;
  if (origin !== undefined && origin !== `http://${host}`) return `this server answers its own pages only, not those of ${origin}`;
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return "this server answers its own pages only";
  return undefined;
}
