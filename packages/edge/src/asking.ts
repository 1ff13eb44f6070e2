import { flat, hostFault, type Call, type FunctionTable } from "@isopod/core/spi";
import { IsopodError } from "@isopod/core";
import type { Crossing } from "./crossing.ts";
import type { Answer, Ask } from "./loaded/protocol.ts";

/**
 * The callback of one call, by which its guest reaches the host functions. The call's context and signal stay here;
 * a call that was ended answers with the error that ended it, which takes the guest down with it.
 */
export function asking(functions: FunctionTable, call: Call, crossing: Crossing, deliver: (lines: Answer["lines"]) => void): Ask {
  return async ({ namespace, name, binding, args, lines }) => {
    deliver(lines);
    try {
      const entry = functions.get(namespace)?.get(name);
      if (!entry) throw new IsopodError("internal", `the loaded worker asked for ${namespace}.${name}, which it was not given`);
      const about = { namespace, name, ...(binding !== undefined && { binding }), context: call.context, signal: call.signal };
      return { value: cloneable(await crossing.or(run(() => entry.run(args, about)))) };
    } catch (cause) {
      return { error: hostFault({ namespace, name }, cause).toJSON() };
    }
  };
}

/** What is thrown at once is a rejection too. */
async function run(work: () => unknown): Promise<unknown> {
  return work();
}

/** A reply as RPC can carry it: not an object with methods, of which RPC would make a stub. @throws `bad_input` */
function cloneable(reply: unknown): unknown {
  const data = flat(reply);
  return data instanceof Uint8Array ? data.slice() : data;
}
