/** What a sceptic would use instead: a webhook on loopback, or a process for every call. */
import { fork, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";

/** @typedef {import("../harness/types.mjs").Contender} Contender */

const file = (/** @type {string} */ name) => fileURLToPath(new URL(`./workers/${name}`, import.meta.url));

/** Everything a stream gives, as one buffer. */
function drain(/** @type {NodeJS.ReadableStream} */ stream) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks))).on("error", reject);
  });
}

/** Text and bytes are the same on the wire. */
const lift = (/** @type {string} */ kind, /** @type {Buffer} */ answer) => (kind === "text" ? answer.toString() : answer);

/** A server in a process of its own, reached over one kept connection. @type {Contender} */
const webhook = {
  name: "webhook",
  async open() {
    const server = fork(file("server.mjs"), { stdio: "ignore" });
    const port = await new Promise((resolve, reject) => server.once("message", resolve).once("error", reject));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (/** @type {string} */ path, /** @type {string | Uint8Array} */ body) =>
      new Promise((resolve, reject) => {
        const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
        const headers = { "content-length": length };
        const call = request({ host: "127.0.0.1", port, path, agent, method: "POST", headers }, (response) =>
          drain(response).then(resolve, reject),
        );
        call.on("error", reject).end(body);
      });
    return {
      bind: ({ op, kind }) => ({ async: true, call: async (input) => lift(kind, await post(`/${op}`, input)) }),
      close() {
        agent.destroy();
        server.kill();
      },
    };
  },
};

/** @returns {Contender} */
function perCall(/** @type {string} */ name, /** @type {(op: string) => [string, string[]]} */ command) {
  return {
    name,
    open: async () => ({
      bind: ({ op, kind }) => ({
        async: true,
        async call(input) {
          const child = spawn(...command(op), { stdio: ["pipe", "pipe", "inherit"] });
          const answer = drain(child.stdout);
          child.stdin.end(input);
          return lift(kind, await answer);
        },
      }),
    }),
  };
}

/** The cheapest process there is, where there is one: no runtime to start. */
const native = perCall("a process per call (tr)", (op) => (op === "echo" ? ["cat", []] : ["tr", ["a-z", "A-Z"]]));

export const processes = [
  webhook,
  ...(process.platform === "win32" ? [] : [native]),
  perCall("a process per call (Node)", (op) => [process.execPath, [file("child.mjs"), op]]),
];
