import type { Answer, Request } from "./wire.ts";

/** A runtime with the plugin in it. */
export interface Session {
  /** Rejects where the runtime itself fails; what the plugin does is an answer. */
  ask(request: Request): Promise<Answer>;
  /** Ends all that was started, also where the plugin hangs. */
  close(): Promise<void>;
}

/** What is brought into a runtime. */
export interface Luggage {
  readonly plugin: Uint8Array;
  /** What tells the lines of a trap, where the runtime is given bytes. */
  readonly debug: string | true;
  /** Path of a module with host functions. */
  readonly functions: string | undefined;
}

/** Where cases can run. */
export interface Runtime {
  readonly name: string;
  /** @throws NotHere with what to install */
  open(luggage: Luggage): Promise<Session>;
}
