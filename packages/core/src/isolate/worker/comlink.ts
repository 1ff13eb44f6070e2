import { isIsopodError, revive, type ErrorRecord } from "../../errors.ts";

/** comlink's transfer handler for what a remote function threw, structurally. */
interface ThrowHandler {
  /** It is one of these already. */
  readonly ours?: true;
  canHandle(value: unknown): boolean;
  serialize(thrown: { value: unknown }): [unknown, unknown[]];
  deserialize(serialized: unknown): never;
}

/**
 * Wraps comlink's own handler of thrown values, which keeps only an error's message and name, so that ours arrive as
 * what they are: class, code, details and cause. Errors of others take comlink's way. Each worker that is started asks for
 * it, so what is wrapped is not wrapped again.
 */
export function keepErrors(original: unknown): never {
  const handler = original as ThrowHandler;
  const wrapped: ThrowHandler = {
    ...handler,
    ours: true,
    serialize: (thrown) => (isIsopodError(thrown.value) ? [{ isopod: thrown.value.toJSON() }, []] : handler.serialize(thrown)),
    deserialize: (serialized) => {
      const { isopod } = serialized as { isopod?: ErrorRecord };
      if (isopod) throw revive(isopod);
      return handler.deserialize(serialized);
    },
  };
  return (handler.ours ? handler : wrapped) as never;
}
