/** For tests that drive a page from outside: what an application imports, and what became of its promises. */
import { createHost, isIsopodError } from "@isopod/browser";

const code = (error: unknown): string => (isIsopodError(error) ? error.code : String(error));
const functions = { env: { reverse: (bytes: Uint8Array) => bytes.slice().reverse() } };

const host = createHost({ workers: 2 });
const plugin = await host.load("/guests/packed-c.wasm", { functions });
const outcomes: string[] = [];

Object.assign(globalThis, {
  outcomes,
  /** Calls that run for ever, and one more that waits for its turn. */
  hang: (count: number): void => {
    for (let call = 0; call < count; call++) plugin.call("spin").catch((error: unknown) => outcomes.push(code(error)));
  },
  echo: (text: string): Promise<string> => plugin.call("echo", text, { as: "text" }),
});
addEventListener("pageshow", ({ persisted }) => persisted && outcomes.push("restored"));
