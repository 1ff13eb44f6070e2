import { entries, hostFault, type FunctionCall, type FunctionEntry, type FunctionTable } from "../../capability/functions.ts";
import type { Call } from "../../contract/call.ts";
import { failure, type ErrorRecord } from "../../errors.ts";
import { cannotWait } from "../../wait/bind.ts";
import { hasJspi } from "../../wait/jspi.ts";
import { createMailbox, Outgoing } from "../../wait/mailbox.ts";
import { ANSWER, type FromWorker, type Port } from "./protocol.ts";

/** One call that may ask, as the lane that runs it sees it. */
export interface Asker {
  readonly call: Call;
  readonly passenger: { readonly functions: FunctionTable | undefined };
  /** False once nobody waits for the answer any more. */
  waits(): boolean;
}

/** What a guest in a worker asks of functions in this thread, answered for one worker. */
export interface Answering {
  /** Where replies are left, if the worker waits by blocking. */
  readonly mailbox: SharedArrayBuffer | undefined;
  /** @param asker none where the plugin only starts */
  answer(question: FromWorker & readonly [kind: 2, ...unknown[]], asker: Asker | undefined): Promise<void>;
}

/** Functions of the application for guests in workers; a bundle that does not name it holds nothing of them. */
export interface HostCalls {
  /** What a worker is told of a plugin's functions. @throws `unsupported` where it could not wait for them */
  told(functions: FunctionTable): Omit<FunctionEntry, "run">[];
  answering(port: Port): Answering;
}

/** The host's side of functions in the application's thread. */
export const hostCalls: HostCalls = {
  told: (functions) => {
    if (functions.size > 0 && !hasJspi() && !mayBlock()) {
      throw failure("unsupported", 'workers cannot wait for functions here: give their URL, or use isolation: "inline"');
    }
    return entries(functions).map(({ run: _run, ...entry }) => entry);
  },
  // A worker that can suspend its guest needs no shared memory to wait for the host.
  answering: (port) => new Answers(port, !hasJspi() && mayBlock()),
};

function mayBlock(): boolean {
  return typeof SharedArrayBuffer === "function";
}

export class Answers implements Answering {
  readonly mailbox: SharedArrayBuffer | undefined;
  readonly #outgoing: Outgoing | undefined;
  readonly #port: Port;

  constructor(port: Port, blocking: boolean) {
    this.#port = port;
    this.mailbox = blocking ? createMailbox() : undefined;
    this.#outgoing = this.mailbox && new Outgoing(this.mailbox);
  }

  /** The function gets the context of the very call that asks. */
  async answer([, namespace, name, args, binding]: FromWorker & readonly [kind: 2, ...unknown[]], asker: Asker | undefined): Promise<void> {
    if (namespace + name === "" && this.#outgoing) return this.#outgoing.next();
    if (!asker) return this.#outgoing?.leave({ error: cannotWait({ namespace, name }).toJSON() }); // it is blocked, and would be for ever
    const { call, passenger } = asker;
    const entry = passenger.functions?.get(namespace)?.get(name);
    let error: ErrorRecord | undefined;
    let value: unknown;
    try {
      if (!entry) throw failure("internal", `the worker was not given ${namespace}.${name}`);
      const about: FunctionCall = { namespace, name, ...(binding !== undefined && { binding }), context: call.context, signal: call.signal };
      value = await entry.run(args, about);
    } catch (cause) {
      error = hostFault({ namespace, name }, cause).toJSON();
    }
    if (!asker.waits()) return;
    try {
      this.#leave(error, value);
    } catch (cause) {
      this.#leave(hostFault({ namespace, name }, cause).toJSON(), undefined); // a reply that cannot cross must not be waited for
    }
  }

  #leave(error: ErrorRecord | undefined, value: unknown): void {
    if (this.#outgoing) this.#outgoing.leave(error ? { error } : { value });
    else this.#port.post([ANSWER, error, value]);
  }
}
