import { failure } from "../../errors.ts";
import type { WorkerLink } from "./lane.ts";

/** One worker, as far as it matters whether it rests. */
interface Rest {
  busy: boolean;
  /** Has worked since all were last looked over. */
  worked: boolean;
  readonly end: () => void;
}

/**
 * Starts workers that end when they have had nothing to do for a while, all but one. One timer looks over all of them; it
 * holds no process open, and there is none while there is one worker or none.
 *
 * @param idle milliseconds; a worker ends at the latest after twice as many. Infinity is never
 */
export function endIdle(start: () => Promise<WorkerLink>, idle = 30_000): () => Promise<WorkerLink> {
  if (!(idle >= 0)) throw failure("invalid_option", "idle must be milliseconds, from 0, or Infinity");
  if (idle === Infinity) return start;
  const rests = new Set<Rest>();
  let timer: unknown;
  const look = (): void => {
    timer = undefined;
    for (const rest of [...rests].reverse()) {
      if (!rest.busy && !rest.worked && rests.size > 1) rest.end();
      rest.worked = false;
    }
    watch();
  };
  const watch = (): void => {
    if (timer !== undefined || rests.size < 2) return;
    timer = setTimeout(look, idle);
    (timer as { unref?(): void }).unref?.();
  };

  return async () => {
    const link = await start();
    let end: (cause: unknown) => void = () => {};
    const rest: Rest = { busy: false, worked: true, end: () => end(new Error("it had nothing to do")) };
    rests.add(rest);
    watch();
    return {
      control: link.control,
      port: link.port,
      terminate: () => {
        rests.delete(rest);
        if (rests.size < 2) {
          clearTimeout(timer);
          timer = undefined;
        }
        link.terminate();
      },
      onDeath: (listener) => {
        end = listener;
        link.onDeath(listener);
      },
      hold: (busy) => {
        rest.busy = busy;
        rest.worked = true;
        link.hold?.(busy);
      },
    };
  };
}
