import type { FuzzCase } from "@isopod/core/testing";
import { bundleNode } from "../harness/bundle.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import type { Answer, Answers, Ask, Lab } from "./messages.ts";

/** The longest that an answer may take: a batch of cases, or a whole run of chaos. */
const PATIENCE_MS = 600_000;

export interface NodeLab extends Lab {
  ask<K extends Ask["ask"]>(ask: Extract<Ask, { ask: K }>): Promise<Answers[K]>;
  /** Without limits, and so without rewriting; in the process's own thread. */
  unhardened(cases: readonly FuzzCase[]): Promise<Answers["fuzz"]>;
}

/** A process of the Node that runs this. */
export async function nodeLab(): Promise<NodeLab> {
  await bundleNode();
  let post!: (message: unknown) => void;
  let settle: (answer: Answer) => void = () => {};
  const stop = startScript(new URL("lab.mjs", paths.node), {
    args: [],
    execArgv: ["--expose-gc"],
    onMessage: (answer) => settle(answer as Answer),
    onEnd: (reason) => settle({ error: reason }),
    onStart: (send) => (post = send),
  });
  const ask = async (message: Ask): Promise<never> => {
    const answer = await new Promise<Answer>((resolve) => {
      settle = resolve;
      const timer = setTimeout(() => resolve({ error: `no answer within ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
      timer.unref();
      post(message);
    });
    if ("error" in answer) throw new Error(answer.error);
    return answer.ok as never;
  };
  return {
    name: "node",
    ask,
    fuzz: (cases) => ask({ ask: "fuzz", cases }),
    unhardened: (cases) => ask({ ask: "fuzz", cases, unhardened: true }),
    close: stop,
  };
}
