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
Object.assign(globalThis, {
  /** So many plugins on so many workers, all called at once, twice. */
  crowd: async (count: number, workers: number): Promise<string[]> => {
    const crowded = createHost({ workers });
    try {
      const bytes = await (await fetch("/guests/arena-wat.wasm")).arrayBuffer();
      const plugins: (typeof plugin)[] = [];
      while (plugins.length < count) plugins.push(await crowded.load(bytes));
      const all = (): Promise<string[]> => Promise.all(plugins.map((one) => one.call("upper", "x", { as: "text" }).catch(code)));
      return [...new Set([...(await all()), ...(await all())])];
    } finally {
      await crowded.dispose();
    }
  },
});
addEventListener("pageshow", ({ persisted }) => persisted && outcomes.push("restored"));
