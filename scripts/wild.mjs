// npm run wild -- DIR [--json]: every .wasm file below a folder, inspected, loaded and called, each in a process of its own.
import { main } from "../packages/cli/dist/wild/main.js";

process.exitCode = await main(process.argv.slice(2));
