import type { ProbeName } from "@isopod/core/testing";
import { clockMoves, hasGigabytes } from "./machine.ts";
import { callsNow, offsets, PROBE_GUEST, suspends, traces } from "./probe-guest.ts";
import type { Question } from "./probe-thread.ts";
import { beats, makePulse, stops } from "./pulse.ts";

export type Probes = Readonly<Record<ProbeName, boolean>>;

/** A real worker of the runtime with `answer` of probe-thread.ts in it. */
export interface Thread {
  ask(question: Question): Promise<boolean>;
  terminate(): void;
  /** Kept when the runtime itself says that the worker is gone. */
  readonly gone: Promise<unknown>;
}

export interface Platform {
  thread(): Thread | Promise<Thread>;
  readonly functionsUrl: string;
  readonly guestUrl: string;
}

/**
 * Node and browsers. Every fact is found by doing it on the thread where the guest of this isolation would be; only
 * where doing it makes no sense (stopping the thread one stands on) is the answer written down.
 */
export async function findProbes(isolation: "inline" | "worker", platform: Platform): Promise<Probes> {
  const fetched = await holds(async () => (await (await fetch(platform.guestUrl)).arrayBuffer()).byteLength > 8);
  const compile = () => WebAssembly.compile(PROBE_GUEST);
  if (isolation === "inline") {
    return {
      compile: await holds(async () => (await compile()) instanceof WebAssembly.Module),
      module: await holds(async () => callsNow(await compile())),
      sync: await holds(async () => callsNow(await compile())),
      wait: await holds(async () => suspends(await compile())),
      hostFunctions: await holds(async () => callsNow(await compile())),
      moduleFunctions: await holds(async () => "functions" in (await import(/* @vite-ignore */ platform.functionsUrl))),
      kill: false, // the guest has the only thread: nothing is left to stop it
      fetch: fetched,
      locks: false, // no worker, no death of one
      clock: clockMoves(),
      gigabytes: hasGigabytes(),
      traces: await holds(async () => traces(await compile())),
      offsets: await holds(async () => offsets(await compile())),
    };
  }
  const ask = (question: Question) => withThread(platform, (thread) => thread.ask(question));
  const asked = (question: Question) => holds(() => ask(question));
  const wait = (await asked({ ask: "suspend" })) || (await blocks(platform));
  return {
    compile: await asked({ ask: "compile" }),
    module: await holds(async () => ask({ ask: "module", module: await compile() })),
    sync: false, // the call is a message to another thread
    wait,
    hostFunctions: wait, // they live on the page's thread: the guest in the worker has to wait for them
    moduleFunctions: await asked({ ask: "import", url: platform.functionsUrl }),
    kill: await holds(() => kills(platform)),
    fetch: fetched,
    locks: await holds(() =>
      withThread(platform, async (thread) => {
        await thread.ask({ ask: "die" });
        await thread.gone;
        return true;
      }),
    ),
    clock: clockMoves(), // the host's, which ends the worker
    gigabytes: await asked({ ask: "gigabytes" }),
    traces: await holds(async () => traces(await compile())), // of the same engine
    offsets: await holds(async () => offsets(await compile())),
  };
}

/** The worker sleeps in `Atomics.wait` until this thread wakes it. */
function blocks(platform: Platform): Promise<boolean> {
  return holds(() =>
    withThread(platform, async (thread) => {
      const cell = new Int32Array(new SharedArrayBuffer(4));
      const woken = thread.ask({ ask: "block", cell });
      const timer = setInterval(() => Atomics.notify(cell, 0), 5);
      try {
        return await woken;
      } finally {
        clearInterval(timer);
      }
    }),
  );
}

/** A guest that never returns stops when its worker is ended. Where that can be seen, the runtime's word is not enough. */
function kills(platform: Platform): Promise<boolean> {
  return withThread(platform, async (thread) => {
    const pulse = makePulse();
    await thread.ask({ ask: "spin", pulse });
    await (pulse ? beats(pulse) : pause(200));
    thread.terminate();
    if (pulse && !(await stops(pulse))) return false;
    await thread.gone;
    return true;
  });
}

async function withThread<T>(platform: Platform, use: (thread: Thread) => Promise<T>): Promise<T> {
  const thread = await platform.thread();
  try {
    return await use(thread);
  } finally {
    thread.terminate();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** True when `attempt` says so within five seconds; a throw, a no and silence are all false. */
export async function holds(attempt: () => Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, 5000, false);
  });
  try {
    return await Promise.race([attempt(), silence]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
