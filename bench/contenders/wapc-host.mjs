/** waPC's own JavaScript host. It takes and gives bytes only; text is the caller's to encode and decode. */
import { reverse } from "../hand/instance.mjs";

/** @type {import("../harness/types.mjs").Contender} */
export const wapcHost = {
  name: "@wapc/host",
  async open(env) {
    const { instantiate } = (await import("@wapc/host")).default;
    const host = await instantiate(env.guest(`wapc-${env.lang}`), (_binding, _namespace, _operation, payload) =>
      reverse(payload),
    );
    const encoder = new TextEncoder();
    const decoder = new TextDecoder();
    return {
      bind: ({ op, kind }) => ({
        async: true,
        call:
          kind === "bytes"
            ? (input) => host.invoke(op, input)
            : async (input) => decoder.decode(await host.invoke(op, encoder.encode(input))),
      }),
    };
  },
};
