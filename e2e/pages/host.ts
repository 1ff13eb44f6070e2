/** For tests that drive a page from outside: what an application imports, and what became of its promises. */
import { createHost, isIsopodError, type PluginInfo } from "@isopod/browser";

export interface Visit {
  readonly info: PluginInfo;
  readonly answer: string;
  readonly ended: string;
}

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
Object.assign(globalThis, {
  /** A load whose first worker ends at the worst time: before it holds its lock. How it came out, then what the next one did. */
  stillborn: async (how: "closes" | "terminated"): Promise<string[]> => {
    let made = 0;
    const doomed = createHost({
      workers: 1,
      worker: () => {
        const worker = new Worker(++made === 1 && how === "closes" ? "/closes.js" : "/worker.js", { type: "module" });
        if (made === 1 && how === "terminated") worker.terminate();
        return worker;
      },
    });
    try {
      const first = await doomed.load("/guests/packed-c.wasm", { functions }).then(() => "fulfilled", code);
      const second = await doomed.load("/guests/packed-c.wasm", { functions });
      return [first, await second.call("echo", "next", { as: "text" })];
    } finally {
      await doomed.dispose();
    }
  },
});
Object.assign(globalThis, {
  /** Loads what lies at this address, as a page does that is visited again and again. */
  visit: async (address: string, cache: boolean, integrity?: string): Promise<Visit> => {
    const visitor = createHost({ isolation: "inline", cache });
    try {
      const visited = await visitor.load(address, { functions, integrity, limits: { fuel: 1e6 } });
      return { info: visited.info, answer: visited.callSync("upper", "x", { as: "text" }), ended: await visited.call("spin").then(() => "", code) };
    } finally {
      await visitor.dispose();
    }
  },
});
addEventListener("pageshow", ({ persisted }) => persisted && outcomes.push("restored"));
