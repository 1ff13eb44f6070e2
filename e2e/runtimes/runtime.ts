import type { SuiteEvent } from "../suite/events.ts";

export type Isolation = "inline" | "worker" | "static" | "loader";

export interface RunOptions {
  /** Only cases whose name contains it; "" is all. */
  readonly filter: string;
  /** The Content-Security-Policy of the page; "" is none. A strict one by default. */
  readonly csp?: string;
}

/** One real runtime. Whatever `run` starts has ended when its iteration is over, however that came about. */
export interface Runtime {
  readonly name: string;
  readonly isolations: readonly Isolation[];
  /** Why it cannot start on this machine, with the command that helps; undefined when it can. */
  missing(): string | undefined;
  run(isolation: Isolation, options: RunOptions): AsyncIterable<SuiteEvent>;
}
