import type { Host, HostOptions } from "../host.ts";
import type { Source } from "../source/read.ts";

/** What the suite stands on: one runtime and one isolation of it, as the runner for it sets them up. */
export interface Ground {
  /** Such as `node20`, `chromium`, `webkit`, `workerd`. */
  readonly runtime: string;
  readonly isolation: "inline" | "worker" | "static" | "loader";
  /** Makes a host of the runtime's adapter with this isolation preset; `options` are merged over it. */
  host(options?: HostOptions): Host;
  /** The guest `name` of guests/dist (without `.wasm`) in the form natural here: bytes, or a Module where bytes cannot be compiled. */
  guest(name: string): Promise<Source>;
  /** The guest's bytes, everywhere. */
  bytes(name: string): Promise<Uint8Array>;
  /** A module of the attack kit that was compiled ahead of time, where bytes cannot be; see `attackBinaries`. */
  readonly built?: ((name: string) => Promise<Source>) | undefined;
  /** Where the runtime can fetch the guest from, as a URL of its own server (or a file: URL). */
  url(name: string): string | undefined;
  /** URL of a module of host functions that a worker of this runtime can import: e2e/fixtures/functions.mjs. */
  readonly functionsUrl: URL | undefined;
  /** Platform facts, each found by doing, never by name of the runtime. */
  readonly probes: Readonly<Record<ProbeName, boolean>>;
}

/** What a platform may lack. A case names those it needs; a gap is a (runtime, isolation, probe) in e2e/gaps.json. */
export type ProbeName =
  | "compile" // a plugin can be loaded from bytes
  | "module" // a plugin can be loaded from a compiled Module
  | "sync" // this isolation can call without waiting
  | "wait" // an asynchronous host function can be waited for here
  | "hostFunctions" // host functions of the application can be reached at all from this isolation
  | "moduleFunctions" // host functions as a module that the isolation imports
  | "kill" // a guest that never returns can be stopped
  | "fetch" // the guest can be fetched by URL
  | "locks" // the death of a worker can be noticed
  | "clock" // time goes on while a guest runs
  | "gigabytes" // a memory may be larger than 2 GiB
  | "traces" // the stack of an error tells of the guest's functions
  | "offsets"; // and where in the module they stand

export interface Case {
  readonly name: string;
  readonly needs?: readonly ProbeName[];
  /** May give what was seen, in a few words. */
  run(ground: Ground): Promise<void | string>;
}

export interface Row {
  readonly case: string;
  readonly runtime: string;
  readonly isolation: string;
  readonly result: "pass" | "fail" | "skip";
  readonly reason?: string;
  /** What was seen, where the case says so. */
  readonly outcome?: string;
}
