// In a worker of its own: the compiler is some megabytes, and takes the thread for as long as it compiles.
import "./data-urls.ts";
import asc from "assemblyscript/asc";
import { serveCompiler } from "./protocol.ts";

/** Quick to compile first, small second: somebody waits for it. */
const FLAGS = "--outFile plugin.wasm --runtime minimal --optimizeLevel 1 --shrinkLevel 1 --noAssert --noColors".split(" ");

serveCompiler(async (code, files) => {
  const sources: Record<string, string> = { "plugin.ts": code, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.ts`, text])) };
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["plugin.ts", ...FLAGS], {
    readFile: (name: string) => (Object.hasOwn(sources, name) ? sources[name]! : null),
    writeFile: (name: string, contents: string | Uint8Array) => {
      if (name === "plugin.wasm") bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (bytes && !error) return bytes;
  return stderr.toString().trim() || String(error?.message ?? "the compiler gave nothing");
});
