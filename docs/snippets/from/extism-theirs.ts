import { readFile } from "node:fs/promises";
import { createPlugin } from "@extism/extism";

// #region theirs
const plugin = await createPlugin(
  { wasm: [{ data: await readFile("./by-extism-kit.wasm") }] },
  {
    config: { greeting: "hello" },
    functions: {
      "extism:host/user": {
        reverse(context, offset: bigint) {
          return context.store(context.read(offset)!.bytes().reverse());
        },
      },
    },
  },
);
const output = await plugin.call("host", "hello");
console.log(output?.text()); // olleh
await plugin.close();
// #endregion theirs
