import { IsopodError } from "@isopod/core";
import { index, revive, type FunctionTable } from "@isopod/core/spi";
import type { Lines } from "./lines.ts";
import type { Ask, LoadedEnv, Reply } from "./protocol.ts";

/** Host functions that stay with the caller: the guest is suspended while they are asked over RPC. */
export function remote(functions: LoadedEnv["functions"], lines: Lines): FunctionTable {
  return index(
    functions.map((entry) => ({
      ...entry,
      suspends: true,
      run: async (args, { namespace, name, binding, context }) => {
        const reply = await put(context as Ask, { namespace, name, binding, args, lines: lines.take() });
        if ("error" in reply) throw revive(reply.error);
        return reply.value;
      },
    })),
  );
}

async function put(ask: Ask, question: Parameters<Ask>[0]): Promise<Reply> {
  try {
    return await ask(question);
  } catch (cause) {
    if (!String(cause).includes("limited to 32MiB")) throw new IsopodError("aborted", "the caller is gone", { cause });
    const { namespace, name } = question;
    throw new IsopodError("host_function", `the arguments or the reply of host function ${namespace}.${name} do not fit into an RPC message, which holds 32 MiB`, { details: { namespace, name }, cause });
  }
}
