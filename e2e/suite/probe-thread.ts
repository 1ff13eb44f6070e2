import { hasGigabytes } from "./machine.ts";
import { callsNow, PROBE_GUEST, spin, suspends } from "./probe-guest.ts";
import { beat } from "./pulse.ts";

export type Question =
  | { readonly ask: "compile" }
  | { readonly ask: "module"; readonly module: WebAssembly.Module }
  | { readonly ask: "suspend" }
  | { readonly ask: "block"; readonly cell: Int32Array<SharedArrayBuffer> }
  | { readonly ask: "import"; readonly url: string }
  | { readonly ask: "spin"; readonly pulse: WebAssembly.Memory | undefined }
  | { readonly ask: "gigabytes" }
  | { readonly ask: "die" };

/** What a probe's worker does; `reply` posts to whoever asked, `die` ends the worker from within. */
export async function answer(question: Question, reply: (yes: boolean) => void, die: () => void): Promise<void> {
  try {
    switch (question.ask) {
      case "compile":
        return reply((await WebAssembly.compile(PROBE_GUEST)) instanceof WebAssembly.Module);
      case "module":
        return reply(callsNow(question.module));
      case "suspend":
        return reply(await suspends(await WebAssembly.compile(PROBE_GUEST)));
      case "block":
        return reply(Atomics.wait(question.cell, 0, 0, 2000) === "ok");
      case "import":
        return reply("functions" in (await import(/* @vite-ignore */ question.url)));
      case "spin": {
        const module = await WebAssembly.compile(PROBE_GUEST);
        reply(true);
        // The answer must be out before this thread is lost.
        return void setTimeout(question.pulse ? beat : spin, 20, question.pulse ?? module);
      }
      case "gigabytes":
        return reply(hasGigabytes());
      case "die":
        reply(true);
        return void setTimeout(die, 20);
    }
  } catch {
    reply(false);
  }
}
