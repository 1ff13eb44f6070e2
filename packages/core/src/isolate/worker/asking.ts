import { index, type FunctionCall, type FunctionEntry, type FunctionTable } from "../../capability/functions.ts";
import { revive } from "../../errors.ts";
import { hasJspi } from "../../wait/jspi.ts";
import { Incoming, type Reply } from "../../wait/mailbox.ts";
import { importFunctions } from "../functions-module.ts";
import { ASK, type LoadOrder, type Port } from "./protocol.ts";

/** How guests in a worker reach functions of the application. */
export interface Asking {
  /** The functions of one plugin: imported here, or asked for. */
  table(order: Pick<LoadOrder, "functions" | "mailbox">): Promise<FunctionTable>;
  /** A reply that came as a message. */
  answered(reply: Reply): void;
}

/** The worker's side of `hostCalls`; a bundle that does not name it holds nothing of them. */
export function asking(port: Port): Asking {
  let answered: ((reply: Reply) => void) | undefined;
  return {
    table: async ({ functions, mailbox }) => {
      if ("href" in functions) return importFunctions(functions.href);
      const incoming = mailbox && new Incoming(mailbox, () => port.post([ASK, "", "", [], undefined]));
      /** Waits by suspending the guest, or by blocking this thread. */
      const ask = (entry: Omit<FunctionEntry, "run">, args: unknown[], { namespace, name, binding }: FunctionCall): unknown => {
        incoming?.clear();
        port.post([ASK, entry.namespace || namespace, entry.name || name, args, binding]);
        if (incoming) return settled(incoming.await());
        return new Promise<Reply>((resolve) => (answered = resolve)).then(settled);
      };
      const suspends = hasJspi() && !incoming;
      return index(functions.map((entry) => ({ ...entry, suspends, run: (args, about) => ask(entry, args, about) })));
    },
    answered: (reply) => answered?.(reply),
  };
}

function settled(reply: Reply): unknown {
  if ("error" in reply) throw revive(reply.error);
  return reply.value;
}
