import type { Asked } from "../stage.ts";
import { trace } from "./trace.ts";
import { MemoryView } from "./view.ts";

let view: MemoryView | undefined;
let last: Asked | undefined;

/** Shows what a call left in memory, or says why there is nothing to show. */
export async function showMemory(asked: Asked, ranHere: boolean, loads: boolean): Promise<void> {
  view ??= new MemoryView();
  last = asked;
  if (!ranHere) return view.say("Not seen: it did not run in the page.");
  if (!loads) return view.say("It could not be loaded, so it has no memory yet.");
  const seen = await trace(asked).catch(() => undefined);
  if (last !== asked) return;
  if (seen) view.show(seen);
  else view.say("It has no memory: numbers go in and come out as they are.");
}
