import type { Use } from "@isopod/core/spi";

/** What the worker tells beside its answers. */
export interface Told {
  readonly use?: Use;
  readonly slots?: { readonly live: number; readonly most: number };
}

/** As often as a screen shows something new. */
const EVERY_MS = 16;

export function isTold(data: unknown): data is Told {
  return typeof data === "object" && data !== null && ("use" in data || "slots" in data);
}

/** Passes on the newest of what it is told, at once and then at most once a frame: in a guest's loop no timer runs, and after it one does. */
export function teller(post: (told: Told) => void): (told: Told) => void {
  let newest: Told = {};
  let posted = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    posted = performance.now();
    post(newest);
    newest = {};
  };
  return (told) => {
    newest = { ...newest, ...told };
    if (performance.now() - posted >= EVERY_MS) flush();
    else timer ??= setTimeout(flush, EVERY_MS);
  };
}
