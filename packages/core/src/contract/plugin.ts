import { failure, type IsopodError } from "../errors.ts";
import type { Place } from "../isolate/place.ts";
import { aborted, Call } from "./call.ts";
import type { CallOptions, Input, ManyOptions, Plugin, PluginInfo } from "./operations.ts";

/** Where the runtime has none yet, the name that compilers agree on. */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as never);

/** The contract `operations` over a place. */
export function operationsOver(place: Place, info: PluginInfo, onDispose: () => void): Plugin {
  let gone: IsopodError | undefined;
  /** Refuses what need not begin. */
  const begin = (op: string, input?: Input, options?: CallOptions): Call => {
    if (gone !== undefined) throw gone;
    const call = new Call(op, input, options ?? {});
    const { signal } = call;
    if (signal) {
      if (!signal.addEventListener) throw failure("invalid_option", "signal must be an AbortSignal");
      if (signal.aborted) throw aborted(signal);
    }
    return call;
  };
  const dispose = async (): Promise<void> => {
    if (gone) return;
    gone = failure("disposed", "the plugin was disposed: load it again");
    place.dispose(gone);
    onDispose();
  };
  const plugin = {
    info,
    call: async (op: string, input?: Input, options?: CallOptions): Promise<unknown> => place.run(begin(op, input, options)),
    callSync: (op: string, input?: Input, options?: CallOptions): unknown => place.runSync(begin(op, input, options)),
    callMany: async (op: string, inputs: readonly Input[], options?: ManyOptions): Promise<unknown[]> =>
      place.runMany(begin(op, undefined, options), inputs),
    /** Replaced by `hotSwap`. */
    swap: async (): Promise<void> => {
      throw failure("unsupported", "swap needs swapping");
    },
    dispose,
    [asyncDispose]: dispose,
  };
  return plugin as Plugin;
}
