import { isIsopodError, revive, type ErrorRecord } from "../../errors.ts";

/** comlink's transfer handler for what a remote function threw, structurally. */
interface ThrowHandler {
  canHandle(value: unknown): boolean;
  serialize(thrown: { value: unknown }): [unknown, unknown[]];
  deserialize(serialized: unknown): never;
}

/**
 * Wraps comlink's own handler of thrown values, which keeps only an error's message and name, so that ours arrive as
 * what they are: class, code, details and cause. Errors of others take comlink's way.
 */
export function keepErrors(original: unknown): never {
  const handler = original as ThrowHandler;
  const wrapped: ThrowHandler = {
    canHandle: (value) => handler.canHandle(value),
    serialize: (thrown) => (isIsopodError(thrown.value) ? [{ isopod: thrown.value.toJSON() }, []] : handler.serialize(thrown)),
    deserialize: (serialized) => {
      const { isopod } = serialized as { isopod?: ErrorRecord };
      if (isopod) throw revive(isopod);
      return handler.deserialize(serialized);
    },
  };
  return wrapped as never;
}
