import { onProgress } from "./cached.ts";
import { commands } from "@yowasp/clang";
import { type Progress, serveCompiler } from "./protocol.ts";

/** No C library and no start file, as the guests of this repository are built. */
const FLAGS = [
  ..."--target=wasm32 -std=c23 -O1 -ffreestanding -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -nostdlib -fno-color-diagnostics".split(" "),
  ..."-Wl,--no-entry -Wl,--strip-all -Wl,--stack-first -Wl,-z,stack-size=16384".split(" "),
];

onProgress((done, total) => postMessage({ done, total } satisfies Progress));

serveCompiler(async (code, files) => {
  const headers = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.h`, text]));
  let said = "";
  const decoder = new TextDecoder();
  const hear = (bytes: Uint8Array | null) => {
    if (bytes) said += decoder.decode(bytes, { stream: true });
  };
  try {
    // Fetches the compiler without a word about it; what is said of that is ours.
    await commands.clang(undefined, {}, { fetchProgress() {} });
    const tree = await commands.clang([...FLAGS, "plugin.c", "-o", "plugin.wasm"], { "plugin.c": code, ...headers }, { stdout: hear, stderr: hear });
    return (tree as Record<string, Uint8Array>)["plugin.wasm"] ?? said;
  } catch (error) {
    return said || String(error);
  }
});
