/** Starts a worker for a host of a page. */
export function worker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
