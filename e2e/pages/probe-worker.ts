import { answer, type Question } from "../suite/probe-thread.ts";

/** Kept until this worker is gone. Its release is how the page learns of that: there is no event for it. */
const held = new Promise<void>((resolve) => {
  void navigator.locks.request(self.name, () => {
    resolve();
    return new Promise<never>(() => {});
  });
});

self.addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  await held;
  await answer(data, (yes) => self.postMessage(yes), () => self.close());
});
