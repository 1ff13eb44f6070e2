/** The webhook: the operation is the path, input and answer are the bodies. Ends with the process that forked it. */
import { createServer } from "node:http";
import { transform } from "./transform.mjs";

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const answer = transform(request.url?.slice(1), Buffer.concat(chunks));
    response.writeHead(200, { "content-length": answer.length });
    response.end(answer);
  });
});
server.keepAliveTimeout = 0; // the client decides; a pause between two rounds must not cost a connection
server.listen(0, "127.0.0.1", () => process.send?.(/** @type {import("node:net").AddressInfo} */ (server.address()).port));
process.once("disconnect", () => process.exit());
