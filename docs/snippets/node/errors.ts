import { createHost, isIsopodError, type Plugin } from "@isopod/node";

const host = createHost();
const greeter = await host.load("./greeter.wasm", {
  functions: { "extism:host/user": { reverse: (name: Uint8Array) => name } },
});

// #region errors
async function greet(plugin: Plugin, name: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(5000);
    return await plugin.call("greet", name, { as: "text", signal });
  } catch (error) {
    if (!isIsopodError(error)) throw error; // not ours
    switch (error.code) {
      case "guest_error": // the plugin said no, in words of its own
        return `The plugin says: ${error.message}`;
      case "aborted": // it took too long; its worker was ended
      case "overloaded": // every instance is busy and the queue is full
        return "Try again later";
      default: // whose move is it?
        throw new Error(`${error.fault}: ${error.code}`, { cause: error });
    }
  }
}
console.log(await greet(greeter, "Ada")); // Hello, Ada!
console.log(await greet(greeter, "")); // The plugin says: nobody to greet
// #endregion errors

// #region json
const missing = await greeter.call("great", "").catch((error) => error);
console.log(missing.fault, missing.code); // user missing_export
console.log(Object.keys(missing.toJSON()).slice(0, 3).join(", ")); // name, message, code
// #endregion json
await host.dispose();
