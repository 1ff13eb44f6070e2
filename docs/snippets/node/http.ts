import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHost } from "@isopod/node";

const server = createServer((_request, response) => response.end("the price is 3")).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const host = createHost();
const functions = { "extism:host/user": { reverse: (bytes: Uint8Array) => bytes } };
// #region http
const granted = `127.0.0.1:${port}`; // a name, and the port where it is not the scheme's own
const grants = { http: { hosts: [granted] } };
const plugin = await host.load("./extism.wasm", { grants, functions });
const body = await plugin.call("http", `http://${granted}/price`, { as: "text" });
console.log(body); // the price is 3
const denied = await plugin.call("http", "http://localhost:1/").catch((error) => error);
console.log(denied.code); // denied
// #endregion http
await host.dispose();
server.close();
