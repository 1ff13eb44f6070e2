import type { Scope } from "../../capability/scope.ts";
import { copyOut, viewOf, writeU32 } from "../../memory/ranges.ts";
import type { Linked } from "../link.ts";
import { BADF, INVAL, OK } from "./errno.ts";
import { guarded } from "./guarded.ts";

/** More subscriptions than any guest of ours has use for. */
const MOST = 1024;
const EVENT = 32;
const CLOCK = 0;
const READ = 1;
const HANGUP = 1;

/**
 * `poll_oneoff` where nothing is ever waited for: every subscription is ready. A timer has gone off, input is at its
 * end, output is open. So a guest that sleeps goes on at once, and none can keep the host busy or asleep.
 *
 * ```text
 * subscription (48 bytes; 56 in wasi_unstable)      event (32 bytes)
 * ├── userdata 8 ──┼── tag 1 ──┼ … ┼── fd 4 ──┤      ├── userdata 8 ──┼── errno 2 ──┼── type 1 ──┼ … ┼── flags 2 at 24 ──┤
 * ```
 */
export function poll(scope: Scope, linked: Linked, size: number): Function {
  return guarded((from: number, to: number, count: number, written: number) => {
    if (count === 0 || count >>> 0 > MOST) return INVAL;
    const { memory } = linked;
    scope.budget?.work(count * (size + EVENT));
    viewOf(memory, written, 4);
    const given = copyOut(memory, from, count * size);
    const events = viewOf(memory, to, count * EVENT).fill(0);
    for (let index = 0; index < count; index++) {
      const subscription = given.subarray(index * size, (index + 1) * size);
      const tag = subscription[8]!;
      const fd = new DataView(subscription.buffer, subscription.byteOffset).getUint32(16, true);
      const event = events.subarray(index * EVENT, (index + 1) * EVENT);
      event.set(subscription.subarray(0, 8));
      event[8] = tag !== CLOCK && fd > 2 ? BADF : OK;
      event[10] = tag;
      event[24] = tag === READ ? HANGUP : 0;
    }
    writeU32(memory, written, count);
    return OK;
  });
}
