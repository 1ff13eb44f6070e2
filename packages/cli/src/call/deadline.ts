import { IsopodError } from "@isopod/core";
import { limit } from "../terminal/figures.ts";

/** How long what was aborted has to say so itself. */
const GRACE_MS = 500;

/**
 * Gives work a signal and an end. The signal ends a call; a plugin that hangs while it starts hears no signal, so then
 * it is given up, and whoever called disposes its host.
 *
 * @throws `aborted` when the time is over
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const late = new IsopodError("aborted", `no answer within ${limit(ms)}`, { details: { ms } });
  const timers: NodeJS.Timeout[] = [];
  const over = new Promise<never>((_, reject) => {
    timers.push(setTimeout(() => controller.abort(late), ms), setTimeout(() => reject(late), ms + GRACE_MS));
  });
  try {
    return await Promise.race([work(controller.signal), over]);
  } catch (error) {
    throw controller.signal.aborted ? late : error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
