// npm run wild -- DIR [--json]: every .wasm file below a folder, inspected, loaded and called, each in a process of its own.
import { existsSync } from "node:fs";

const main = new URL("../packages/cli/dist/wild/main.js", import.meta.url);
if (existsSync(main)) {
  process.exitCode = await (await import(main.href)).main(process.argv.slice(2));
} else {
  console.error("There is nothing built yet: npm run build");
  process.exitCode = 1;
}
