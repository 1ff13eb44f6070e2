// The same in a page: `lab(ask)`, called by whoever drives the browser.
import { createHost } from "@isopod/browser";
import { chaos, FUZZ_LIMITS, fuzzOne, type Step } from "@isopod/core/testing";
import type { Answers, Ask } from "./messages.ts";

/** Every worker that was made; a browser says nothing of those that are gone. */
const made: Watched[] = [];

class Watched extends Worker {
  /** Which it holds as long as it lives; see WorkerPorts. */
  lock = "";
  state: "made" | "running" | "ended" = "made";

  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    made.push(this);
  }

  override postMessage(message: unknown, ...rest: never[]): void {
    this.lock ||= (message as { lock?: string }).lock ?? "";
    super.postMessage(message, ...rest);
  }

  override terminate(): void {
    this.state = "ended";
    super.terminate();
  }
}
globalThis.Worker = Watched;

/** Of one that ends before it holds its lock a page knows only after 20 s: enough to see it settle a few times. */
const MOST_EARLY = 4;
let early = 0;

/** As a crash would, at any time. */
async function kill(pick: (below: number) => number): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const starting = made.filter(({ state }) => state === "made");
  for (const worker of starting) if (held.some(({ name }) => name === worker.lock)) worker.state = "running";
  const alive = made.filter(({ state }) => state === "running" || (state === "made" && early < MOST_EARLY));
  const worker = alive[pick(Math.max(1, alive.length))];
  if (worker?.state === "made") early++;
  worker?.terminate();
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
