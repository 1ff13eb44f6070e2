// In a worker of its own: the compiler is some megabytes, and takes the thread for as long as it compiles.
import "./data-urls.ts";
import asc from "assemblyscript/asc";
import IsopodTransform from "../../../../../guests/sdk/assemblyscript/transform.mjs";
import { serveCompiler } from "./protocol.ts";

/** The kit's own sources, by the names that the compiler looks for. */
const LIBRARY = Object.fromEntries(
  Object.entries(import.meta.glob<string>("../../../../../guests/sdk/assemblyscript/lib/isopod/*.ts", { query: "?raw", import: "default", eager: true })).map(([path, text]) => [`isopod/${path.split("/").at(-1)}`, text]),
);

/** Quick to compile first, small second: somebody waits for it. */
const FLAGS = "--outFile plugin.wasm --runtime minimal --optimizeLevel 1 --shrinkLevel 1 --noAssert --noColors --lib lib".split(" ");

serveCompiler(async (code, files) => {
  const sources: Record<string, string> = { ...LIBRARY, "plugin.ts": code, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.ts`, text])) };
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(["plugin.ts", ...FLAGS], {
    transforms: [IsopodTransform as never],
    readFile: (name: string) => (Object.hasOwn(sources, name) ? sources[name]! : null),
    writeFile: (name: string, contents: string | Uint8Array) => {
      if (name === "plugin.wasm") bytes = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  if (bytes && !error) return bytes;
  return stderr.toString().trim() || String(error?.message ?? "the compiler gave nothing");
});
