import { replyBytes } from "../../capability/shapes.ts";
import { entries, runFault, type FunctionCall, type FunctionEntry } from "../../capability/functions.ts";
import { IsopodError } from "../../errors.ts";
import { copyIn, viewOf } from "../../memory/ranges.ts";
import { decode, encode } from "../../memory/text.ts";
import { bind, mustSuspend } from "../../wait/bind.ts";
import { jspi, type Suspension } from "../../wait/suspension.ts";
import type { Services } from "../abi.ts";
import type { Linked } from "../link.ts";

const EMPTY = /* @__PURE__ */ new Uint8Array(0);

/**
 * `__host_call` and its companions: the guest names a binding, a namespace and an operation, and fetches the reply, or
 * the error, by two further imports. A host function that fails is the guest's to handle, as the protocol says.
 */
export class HostCalls {
  readonly suspension: Suspension | undefined;
  /** The last failure of a host function in this call, for the `cause` of what the guest makes of it. */
  failure: IsopodError | undefined;
  readonly #services: Services;
  readonly #entry: FunctionEntry;
  #response: Uint8Array = EMPTY;
  #error: Uint8Array = EMPTY;

  constructor(services: Services) {
    this.#services = services;
    // The guest names the function when it calls, so any of them may be the one that suspends it.
    const suspending = entries(services.functions).find((entry) => entry.suspends);
    if (suspending) mustSuspend(suspending);
    this.suspension = suspending && jspi;
    this.#entry = { namespace: "wapc", name: "__host_call", suspends: suspending !== undefined, run: (args, about) => this.#dispatch(args as string[], about) };
  }

  reset(): void {
    this.#response = this.#error = EMPTY;
    this.failure = undefined;
  }

  imports(linked: Linked): Record<string, unknown> {
    return {
      __host_call: bind(this.#entry, this.#services.scope, {
        lift: (raw) => {
          const at = raw as number[];
          const views = [0, 2, 4, 6].map((index) => viewOf(linked.memory, at[index]!, at[index + 1]!));
          this.#works(views.reduce((sum, { length }) => sum + length, 0));
          return views.map((view, index) => (index < 3 ? decode(view) : view.slice()));
        },
        lower: (reply) => {
          this.#response = replyBytes(undefined, reply);
          return 1;
        },
        fail: (error) => {
          this.failure = error;
          this.#error = encode(error.message);
          return 0;
        },
      }),
      __host_response_len: () => this.#response.length,
      __host_response: (at: number) => this.#copy(linked, at, this.#response),
      __host_error_len: () => this.#error.length,
      __host_error: (at: number) => this.#copy(linked, at, this.#error),
    };
  }

  #copy({ memory }: Linked, at: number, bytes: Uint8Array): void {
    this.#works(bytes.length);
    copyIn(memory, at, bytes);
  }

  /** So many bytes are gone through for the guest. @throws `limit` */
  #works(length: number): void {
    this.#services.scope.budget?.work(length);
  }

  #dispatch([binding, namespace, name, payload]: string[], about: FunctionCall): unknown {
    const entry = this.#services.functions.get(namespace!)?.get(name!);
    if (!entry) throw new IsopodError("host_function", `this host has no function "${name}" in the namespace "${namespace}"`);
    const blame = (cause: unknown): never => {
      throw runFault(entry, cause);
    };
    try {
      const reply = entry.run([payload], { ...about, namespace: namespace!, name: name!, binding: binding! });
      return reply instanceof Promise ? reply.catch(blame) : reply;
    } catch (cause) {
      return blame(cause);
    }
  }
}
