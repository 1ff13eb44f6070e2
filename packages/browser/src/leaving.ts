import { endIdle } from "@isopod/core/spi";
import { mostWorkers, type Around } from "./isolate.ts";
import { MOST_MEMORIES } from "./keeping.ts";

/**
 * Workers that end when they are idle, all but one, and all of them when the page is left: what they were doing fails
 * with `worker_lost`. A page that comes back from the back/forward cache has a working host, which starts new ones.
 *
 * @param idle milliseconds, see `idle` of `createHost`
 * @param workers most of them, which share what memories the page has
 */
export function leaving(idle?: number, workers = mostWorkers()): Around {
  return (start) => endIdle(endWithPage(() => start({ idle, most: Math.max(1, Math.floor(MOST_MEMORIES / workers)) })), idle);
}

const endWithPage: Around = (start) => async () => {
  const link = await start();
  let onHide = (): void => {};
  return {
    ...link,
    onDeath: (listener) => {
      onHide = () => listener(new Error("the page was left"));
      addEventListener("pagehide", onHide);
      link.onDeath(listener);
    },
    terminate: () => {
      removeEventListener("pagehide", onHide);
      link.terminate();
    },
  };
};
