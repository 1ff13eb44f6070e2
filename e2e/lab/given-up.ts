// Calls given up while their guest is suspended: what stays of the guests? Run with --expose-gc, where there is JSPI.
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { chaosGuest } from "@isopod/core/testing";
import { createHost, isIsopodError } from "@isopod/node";

const EACH = 12;

let made = 0;
let alive = 0;
const gone = new FinalizationRegistry<undefined>(() => alive--);
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    made++;
    alive++;
    gone.register(this.exports["memory"]!, undefined);
  }
};

let unhandled = 0;
process.on("unhandledRejection", () => unhandled++);

/** The application never answers, and what it would answer with stays where it is. */
const unanswered: unknown[] = [];
const functions = { env: { ask: async () => new Promise((resolve) => unanswered.push(resolve)) } };
const codes: Record<string, number> = {};

async function ended(call: Promise<unknown>): Promise<void> {
  const code = await call.then(() => "fulfilled", (error: unknown) => (isIsopodError(error) ? error.code : String(error)));
  codes[code] = (codes[code] ?? 0) + 1;
}

async function given(op: string): Promise<void> {
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(chaosGuest(), { functions });
  for (let count = 0; count < EACH; count++) {
    const giveUp = new AbortController();
    const call = ended(plugin.call(op, "x", { signal: giveUp.signal }));
    await sleep(1);
    giveUp.abort();
    await call;
  }
  const hasty = await host.load(chaosGuest(), { functions, limits: { time: "20ms", concurrency: EACH } });
  await Promise.all(Array.from({ length: EACH }, () => ended(hasty.call(op, "x"))));
  const batches = Array.from({ length: EACH }, () => ended(plugin.callMany(op, ["x", "y"])));
  await sleep(1);
  await host.dispose();
  await Promise.all(batches);
}

/** As in one busy turn no timer goes off: what stays of the guests? */
async function atOnce(): Promise<number> {
  const timers = globalThis.setTimeout;
  globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(chaosGuest(), { functions });
  for (let count = 0; count < 10 * EACH; count++) {
    const giveUp = new AbortController();
    const call = plugin.call("ask", "x", { signal: giveUp.signal }).catch(() => {});
    giveUp.abort();
    await call;
  }
  for (let tries = 0; tries < 4; tries++) {
    globalThis.gc!();
    await turn();
  }
  const left = alive;
  globalThis.setTimeout = timers;
  await host.dispose();
  return left;
}

// Nothing else does: deadlines hold no process open.
const open = setInterval(() => {}, 1000);
for (const op of ["ask", "calm", "cling"]) await given(op);
for (let tries = 0; tries < 100 && alive > 0; tries++) {
  globalThis.gc!();
  await sleep(20);
}
const found = { made: made >= 9 * EACH, alive, asked: unanswered.length, codes };
process.stdout.write(JSON.stringify({ ...found, atOnce: await atOnce(), unhandled }));
clearInterval(open);
