// The same in a page: `lab(ask)`, called by whoever drives the browser.
import { createHost } from "@isopod/browser";
import { chaos, FUZZ_LIMITS, fuzzOne, type Step } from "@isopod/core/testing";
import type { Answers, Ask } from "./messages.ts";

/** Every worker that was made; a browser says nothing of those that are gone. */
const made: Watched[] = [];

class Watched extends Worker {
  /** Which it holds as long as it lives; see WorkerPorts. */
  lock = "";

  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    made.push(this);
  }

  override postMessage(message: unknown, ...rest: never[]): void {
    this.lock ||= (message as { lock?: string }).lock ?? "";
    super.postMessage(message, ...rest);
  }
}
globalThis.Worker = Watched;

/** As a crash would. One that still starts has no lock yet, and nothing but that tells a page of its end. */
async function kill(pick: (below: number) => number): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const alive = made.filter(({ lock }) => held.some(({ name }) => name === lock));
  alive[pick(Math.max(1, alive.length))]?.terminate();
}

async function lab(ask: Ask): Promise<Answers["fuzz"] | ChaosReport> {
  if (ask.ask === "chaos") {
    const { isolation, seed, iterations } = ask;
    return chaos({ seed, iterations, host: () => createHost({ isolation }), waits: "Suspending" in WebAssembly, kill: isolation === "worker" ? (pick: (below: number) => number) => void kill(pick) : undefined });
  }
  const host = createHost({ isolation: "worker" });
  const answers: Step[][] = [];
  for (const each of ask.cases) answers.push(await fuzzOne(host, each, FUZZ_LIMITS));
  await host.dispose();
  return answers;
}
type ChaosReport = Awaited<ReturnType<typeof chaos>>;

Object.assign(globalThis, { lab });
