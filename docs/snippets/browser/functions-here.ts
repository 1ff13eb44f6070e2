import { createHost } from "@isopod/browser";

// #region here
const host = createHost();
const greeter = await host.load("/greeter.wasm", {
  functions: {
    // In the page, with all that a page has. The plugin's worker waits for it.
    "extism:host/user": {
      reverse: async (name: Uint8Array) => `${name.length} letters, ${document.title}`,
    },
  },
});
console.log(await greeter.call("greet", "Ada", { as: "text" })); // Hello, 3 letters, a page!
// #endregion here
