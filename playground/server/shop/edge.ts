import { type ErrorRecord, IsopodError } from "@isopod/core";
import { revive } from "@isopod/core/spi";
import type { Answer } from "../../../examples/shop/versions.ts";
import { CHECK_MS } from "../../shared/shop.ts";
import { startWorkerd } from "../../workerd/start.mjs";

type Running = Awaited<ReturnType<typeof startWorkerd>>;

/** The shop at the edge: examples/shop/edge.ts in workerd, rules by page in a KV namespace. */
export function edgeShop() {
  let started: Promise<Running> | undefined;

  const start = () => {
    started ??= startWorkerd(undefined, "shop.ts").catch((error) => {
      started = undefined;
      throw error;
    });
    return started;
  };

  const ask = async (method: "PUT" | "POST", page: string, body: Uint8Array): Promise<Response> => {
    const running = await start();
    try {
      return await fetch(new URL(`?${new URLSearchParams({ page })}`, running.url), { method, body: body as Uint8Array<ArrayBuffer>, signal: AbortSignal.timeout(CHECK_MS) });
    } catch (error) {
      if ((error as Error).name !== "TimeoutError") throw error;
      // Rules that never return freeze the whole process: it is ended, by its id, and another is started at once.
      running.kill();
      started = undefined;
      void start().catch(() => {});
      throw new IsopodError("aborted", `the rules did not answer within ${CHECK_MS / 1000} s and froze workerd, which was ended and started again`, { cause: error });
    }
  };

  const publish = async (page: string, rules: Uint8Array): Promise<void> => {
    await ask("PUT", page, rules);
    await opened(await ask("POST", page, new Uint8Array()));
  };

  return {
    publish,
    /** @param rules those of the page, for a workerd that was started anew */
    async check(page: string, order: Uint8Array, rules: Uint8Array): Promise<Answer> {
      let response = await ask("POST", page, order);
      if (response.status === 503) {
        await ask("PUT", page, rules);
        response = await ask("POST", page, order);
      }
      return (await opened(response)).json() as Promise<Answer>;
    },
    async close(): Promise<void> {
      await (await started?.catch(() => undefined))?.stop();
    },
  };
}

async function opened(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw revive((await response.json()) as ErrorRecord);
}
