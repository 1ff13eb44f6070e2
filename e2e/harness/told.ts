import type { SuiteEvent } from "../suite/events.ts";
import { EventQueue } from "./event-queue.ts";
import { startScript } from "./process.ts";
import { serve } from "./server.ts";

type Options = Parameters<typeof startScript>[1];

/**
 * What a script tells of the suite that it runs, with a server of guests beside it. Both have ended when this is over.
 *
 * @param options made of the server's origin; events come as messages, unless it says otherwise
 */
export async function* told(script: URL, options: (origin: string, events: EventQueue) => Omit<Options, "onEnd" | "onMessage"> & Partial<Options>): AsyncGenerator<SuiteEvent> {
  const server = await serve();
  const events = new EventQueue();
  const stop = startScript(script, {
    onMessage: (event) => events.push(event as SuiteEvent),
    onEnd: (reason) => events.fail(reason),
    ...options(server.origin, events),
  });
  try {
    yield* events;
  } finally {
    await stop();
    await server.close();
  }
}
