// A process of its own, so that what hangs or crashes in it is bounded: asked and answered by IPC.
import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { chaos, FUZZ_LIMITS, fuzzOne, type FuzzCase, type Step } from "@isopod/core/testing";
import { createHost } from "@isopod/node";
import type { Answer, Answers, Ask } from "./messages.ts";

const live = new Set<Worker>();
process.on("worker", (worker: Worker) => {
  live.add(worker);
  worker.once("exit", () => live.delete(worker));
});

async function fuzz(cases: readonly FuzzCase[], unhardened: boolean): Promise<Step[][]> {
  const host = createHost({ isolation: unhardened ? "inline" : "worker" });
  const answers: Step[][] = [];
  for (const each of cases) answers.push(await fuzzOne(host, each, unhardened ? FREE : FUZZ_LIMITS));
  await host.dispose();
  return answers;
}

/** No limit but those that nothing is rewritten for. */
const FREE = { limits: { memory: "unlimited", tables: "unlimited", fuel: "unlimited", time: "unlimited", concurrency: 1 } } as never;

async function chaotic({ isolation, seed, iterations }: Extract<Ask, { ask: "chaos" }>): Promise<Answers["chaos"]> {
  const { gc } = globalThis;
  const report = await chaos({
    seed,
    iterations,
    host: () => createHost({ isolation }),
    // In its own thread only a guest that can be suspended waits.
    waits: isolation === "worker" || "Suspending" in WebAssembly,
    kill: isolation === "worker" ? (pick) => void [...live][pick(Math.max(1, live.size))]?.terminate() : undefined,
    memory: async () => {
      gc?.();
      await sleep(20);
      gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
  });
  for (let tries = 0; tries < 100 && live.size > 0; tries++) await sleep(50);
  return { ...report, leakedWorkers: live.size };
}

process.once("disconnect", () => process.exit());
process.on("message", async (ask: Ask) => {
  let answer: Answer;
  try {
    answer = { ok: ask.ask === "fuzz" ? await fuzz(ask.cases, ask.unhardened ?? false) : await chaotic(ask) };
  } catch (error) {
    answer = { error: String((error as Error).stack) };
  }
  process.send?.(answer);
});
process.on("unhandledRejection", (error) => process.send?.({ error: `unhandled: ${String(error)}` } satisfies Answer));
