import { WorkerEntrypoint } from "cloudflare:workers";
import { IsopodError, isIsopodError, type As } from "@isopod/core";
import { Lines } from "./lines.ts";
import type { Answer, Loaded, LoadedEnv, Way } from "./protocol.ts";
import { Resident } from "./resident.ts";

/** Largest value, in bytes: an RPC message holds 32 MiB, and log lines and variables travel with it. */
const MOST = 24 * 1_048_576;

/**
 * The entrypoint of a loaded worker. Its main module, written by code.ts, imports the plugin's modules and calls this
 * once.
 *
 * @param kernel the kernel of the Extism ABI
 * @param modules the plugin's own module, then its companions, in the order of `env.program`
 */
export function serve(kernel: object, modules: readonly object[]): new (...args: never[]) => Loaded {
  const lines = new Lines();
  let resident: Resident | undefined;

  /** Whoever asks first makes the plugin, since `env` is not there before; so an evicted worker comes back by itself. */
  const answer = async (env: LoadedEnv, run: (resident: Resident) => unknown): Promise<Answer> => {
    let outcome: Pick<Answer, "value" | "error">;
    try {
      resident ??= new Resident(env, kernel, modules, lines);
      outcome = { value: fitting(await run(resident)) };
    } catch (cause) {
      const error = isIsopodError(cause) ? cause : new IsopodError("internal", "the loaded worker failed", { cause });
      outcome = { error: error.toJSON() };
    }
    return { ...outcome, lines: lines.take(), changes: resident?.changes() };
  };

  return class extends WorkerEntrypoint<LoadedEnv> implements Loaded {
    load(): Promise<Answer> {
      return answer(this.env, () => undefined);
    }

    call(op: string, input: unknown, way: Way): Promise<Answer> {
      return answer(this.env, (plugin) => plugin.call(op, input, way));
    }

    callMany(op: string, inputs: unknown, as: As | undefined, way: Way): Promise<Answer> {
      return answer(this.env, (plugin) => plugin.callMany(op, inputs, as, way));
    }

    async giveUp(call: number): Promise<void> {
      resident?.giveUp(call);
    }

    async drop(): Promise<void> {
      resident?.drop();
    }
  };
}

/** @throws `unsupported` for what no RPC message can hold */
function fitting(value: unknown): unknown {
  const { byteLength = 0 } = (value ?? {}) as { byteLength?: number };
  if (byteLength <= MOST) return value;
  throw new IsopodError("unsupported", `the output has ${byteLength} bytes, and ${MOST} is the most that a loaded worker can pass on: import the plugin statically`, {
    details: { size: byteLength, most: MOST },
  });
}
