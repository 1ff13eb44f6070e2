// After tsc: what this package needs beside its modules. See src/bundle.d.ts and src/host.ts.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { KERNEL_BASE64 } from "../core/dist/abi/extism/kernel/kernel.js";

const dist = new URL("dist/", import.meta.url);

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("loaded/serve.js", dist))],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  write: false,
  conditions: ["workerd"],
  external: ["cloudflare:workers"],
  logLevel: "warning",
});
await writeFile(new URL("bundle.js", dist), `export const SERVE = ${JSON.stringify(outputFiles[0].text)};\nexport const KERNEL = ${JSON.stringify(KERNEL_BASE64)};\n`);
await writeFile(new URL("kernel.wasm", dist), Buffer.from(KERNEL_BASE64, "base64"));
