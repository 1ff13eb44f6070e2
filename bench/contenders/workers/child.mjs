/** One call: standard input through the operation to standard output. */
import { transform } from "./transform.mjs";

/** @type {Buffer[]} */
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
process.stdout.write(transform(process.argv[2], Buffer.concat(chunks)));
