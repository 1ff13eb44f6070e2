// The application as one starts it in Node, Deno or Bun: `main.mjs <guest>`, one line of JSON, and it ends by itself.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { application } from "./app.ts";

const bytes = new Uint8Array(await readFile(process.argv[2]!));
const answers = await application(bytes, `sha256-${createHash("sha256").update(bytes).digest("base64")}`);
const engine = "Deno" in globalThis ? "deno" : "Bun" in globalThis ? "bun" : "node";
console.log(JSON.stringify({ engine, adapter: import.meta.resolve("isopod").split("/").at(-1), answers }));
