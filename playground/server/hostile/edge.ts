import { type ErrorRecord, IsopodError } from "@isopod/core";
import { revive } from "@isopod/core/spi";
import type { Op, Outcome } from "../../shared/hostile.ts";
import { startWorkerd } from "../../workerd/start.mjs";
import { Turns } from "../berths/turns.ts";

/** Far more than fuel lasts: if this passes, a limit did not hold. */
const HELD_MS = 30_000;

type Running = Awaited<ReturnType<typeof startWorkerd>>;

/** The hostile guest in workerd: one process, which outlives it. */
export function hostileEdge(plugin: string) {
  const turns = new Turns();
  let started: Promise<Running> | undefined;

  const start = () => {
    started ??= startWorkerd(plugin, "hostile.ts").catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };

  const ask = async (op: Op): Promise<Outcome> => {
    const running = await start();
    const from = performance.now();
    try {
      const response = await fetch(new URL(`?${new URLSearchParams({ op })}`, running.url), { method: "POST", signal: AbortSignal.timeout(HELD_MS) });
      if (!response.ok) throw revive((await response.json()) as ErrorRecord);
      // The clock of workerd stands still while a guest runs.
      return { ...((await response.json()) as Outcome), ms: performance.now() - from };
    } catch (error) {
      if ((error as Error).name !== "TimeoutError") throw error;
      running.kill();
      started = undefined;
      throw new IsopodError("internal", `no limit has stopped the guest within ${HELD_MS / 1000} s, and workerd was ended`, { cause: error });
    }
  };

  return {
    attack: (op: Op): Promise<Outcome> => turns.take(() => ask(op)),
    async close(): Promise<void> {
      await (await started?.catch(() => undefined))?.stop();
    },
  };
}
