/**
 * Host calls by strategy: one call of the guest's operation `host`, in which it calls one host function with its 16
 * bytes. `echo` in the same place is beside it, so that the difference is the host call.
 */
import { FUNCTIONS, loadOptions } from "../contenders/isopod.mjs";
import { environment } from "../harness/env.mjs";
import { fill, reverse, start } from "../hand/instance.mjs";
import { packedByHand } from "../hand/packed.mjs";
import { packedHost } from "../hand/packed-host.mjs";
import { interleave } from "../harness/interleave.mjs";
import { lane } from "../harness/loop.mjs";
import { choose } from "../harness/only.mjs";

/** @typedef {import("../harness/types.mjs").Env} Env */

const INPUT = new Uint8Array(16).map((_, i) => i);
const suspending = async (/** @type {Uint8Array} */ input) => reverse(input);
const inModule = new URL("../contenders/functions.mjs", import.meta.url);

const hand = {
  name: "packed by hand",
  async open(/** @type {Env} */ env) {
    const module = new WebAssembly.Module(env.guest(`packed-${env.lang}`));
    const { imports, bind } = packedHost(reverse);
    const exports = start(new WebAssembly.Instance(module, fill(module, imports)));
    bind(exports);
    const calls = packedByHand(exports);
    return { call: (/** @type {string} */ op) => calls.bytes(op), async: false, close() {} };
  },
};

/** @returns {{ name: string, base?: string, open: (env: Env) => Promise<any> }} */
function isopod(
  /** @type {keyof typeof FUNCTIONS} */ abi,
  /** @type {string} */ label,
  /** @type {"inline" | "worker"} */ isolation,
  /** @type {unknown} */ functions,
) {
  return {
    name: `${abi} isopod ${label}`,
    base: "packed by hand",
    async open(env) {
      const { createHost } = await import("@isopod/node");
      const host = createHost({ isolation });
      const options = loadOptions(abi, functions);
      const plugin = await host.load(env.guest(`${abi}-${env.lang}`), /** @type {any} */ (options)).catch((error) => {
        void host.dispose();
        throw error;
      });
      const call = (/** @type {string} */ op) => (/** @type {Uint8Array} */ input) => plugin.call(op, input);
      return { call, async: true, close: () => host.dispose() };
    },
  };
}

const CONTENDERS = [
  hand,
  ...Object.keys(FUNCTIONS).flatMap((name) => {
    const abi = /** @type {keyof typeof FUNCTIONS} */ (name);
    return [
      isopod(abi, "direct", "inline", { reverse }),
      isopod(abi, "jspi", "inline", { reverse: suspending }),
      isopod(abi, "worker", "worker", { reverse }),
      isopod(abi, "worker, async function", "worker", { reverse: suspending }),
      isopod(abi, "worker, imported module", "worker", inModule),
    ];
  }),
];

/** @returns {Promise<import("../harness/types.mjs").Result>} */
export async function hostcalls(
  /** @type {import("../harness/types.mjs").Options} */ options,
  /** @type {(text: string) => void} */ progress,
) {
  /** @type {import("../harness/types.mjs").Result} */
  const result = { rows: [], skips: [] };
  const expected = reverse(INPUT).join();
  const entrants = [];
  const closers = [];
  for (const { name, open } of choose(CONTENDERS, options.only)) {
    try {
      const opened = await open(environment(options));
      closers.push(opened.close);
      const answer = await opened.call("host")(INPUT);
      if (answer.join() !== expected) throw new Error("gave a wrong answer");
      for (const op of ["host", "echo"]) {
        entrants.push({ name, op, lane: lane({ call: opened.call(op), async: opened.async }, INPUT) });
      }
    } catch (error) {
      result.skips.push({ suite: "hostcalls", contender: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  progress(`hostcalls: ${closers.length} contenders`);
  const raced = await interleave(entrants, options);
  for (const [i, { name, best, median }] of raced.entries()) {
    result.rows.push({ suite: "hostcalls", contender: name, op: entrants[i].op, value: best, median, unit: "ns" });
  }
  for (const close of closers) await close();
  return result;
}
