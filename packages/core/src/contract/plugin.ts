import { IsopodError } from "../errors.ts";
import type { Place } from "../isolate/place.ts";
import { Call } from "./call.ts";
import type { CallOptions, Input, ManyOptions, Plugin, PluginInfo } from "./operations.ts";

const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? (Symbol.for("Symbol.asyncDispose") as never);

/** The contract `operations` over a place. */
export function operationsOver(place: Place, info: PluginInfo, onDispose: () => void): Plugin {
  let gone: IsopodError | undefined;
  const check = (options: CallOptions | ManyOptions | undefined): void => {
    if (gone) throw gone;
    if (options?.signal?.aborted) throw new IsopodError("aborted", "the signal had fired before the call", { cause: options.signal.reason });
  };
  const dispose = async (): Promise<void> => {
    if (gone) return;
    gone = new IsopodError("disposed", "the plugin was disposed: load it again");
    place.dispose(gone);
    onDispose();
  };
  const plugin = {
    info,
    call(op: string, input?: Input, options?: CallOptions): Promise<unknown> {
      try {
        if (gone !== undefined || options?.signal !== undefined) check(options);
        return Promise.resolve(place.run(new Call(op, input, options)));
      } catch (error) {
        return Promise.reject(error);
      }
    },
    callSync(op: string, input?: Input, options?: CallOptions): unknown {
      if (gone !== undefined || options?.signal !== undefined) check(options);
      return place.runSync(new Call(op, input, options));
    },
    async callMany(op: string, inputs: readonly Input[], options?: ManyOptions): Promise<unknown[]> {
      check(options);
      return place.runMany({ op, inputs, as: options?.as, call: new Call(op, undefined, options) });
    },
    dispose,
    [asyncDispose]: dispose,
  };
  return plugin as Plugin;
}
