import { IsopodError, isIsopodError, type LoadOptions } from "@isopod/core";
import { limit } from "../terminal/figures.ts";

/** How long what was aborted has to say so itself. */
const GRACE_MS = 500;

/** A plugin that somebody waits for so long may take so long, and does not run into what a host presets before that. */
export function patience(ms: number): Required<Pick<LoadOptions, "limits">> {
  return { limits: { time: ms, fuel: "unlimited" } };
}

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
    // Inline, the guest that holds up this thread ends by its limit before a timer can go off.
    const overdue = isIsopodError(error) && error.code === "limit" && error.details["limit"] === "time";
    throw controller.signal.aborted || overdue ? late : error;
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
