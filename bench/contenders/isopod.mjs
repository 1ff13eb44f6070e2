/** Isopod: each ABI inline (synchronous and asynchronous) and in its default isolation, which in Node is a worker. */
import { reverse } from "../hand/instance.mjs";

/** @typedef {import("../harness/types.mjs").Contender} Contender */
/** @typedef {import("../harness/types.mjs").Case} Case */
/** @typedef {import("../harness/types.mjs").Bound} Bound */
/** @typedef {import("@isopod/node").Plugin} Plugin */

/** What the conformance guests import, under the namespace that their ABI gives it. */
export const FUNCTIONS = { packed: "env", extism: "extism:host/user", wapc: "test" };

/** No rival holds a plugin to anything, and neither does a call by hand: so they are raced without limits, too. */
const UNLIMITED = Object.fromEntries(["memory", "tables", "fuel", "time", "input", "output", "hostCalls"].map((name) => [name, "unlimited"]));

/** Options of `load` under which every guest links. */
export function loadOptions(/** @type {keyof typeof FUNCTIONS} */ abi, /** @type {unknown} */ functions = { reverse }, limits = UNLIMITED) {
  return {
    limits,
    functions: functions instanceof URL ? functions : { [FUNCTIONS[abi]]: functions },
    grants: { clock: true, random: true },
    log() {},
  };
}

/** The ways to call. Options are written where the call is, as an application would. */
const ways = {
  /** @returns {Bound} */
  sync: (/** @type {Plugin} */ plugin, /** @type {Case} */ { op, kind }) =>
    kind === "bytes"
      ? { call: (input) => plugin.callSync(op, input) }
      : { call: (input) => plugin.callSync(op, input, { as: "text" }) },

  /** @returns {Bound} */
  async: (/** @type {Plugin} */ plugin, /** @type {Case} */ { op, kind }) =>
    kind === "bytes"
      ? { async: true, call: (input) => plugin.call(op, input) }
      : { async: true, call: (input) => plugin.call(op, input, { as: "text" }) },

  /** @returns {Bound | undefined} */
  into(/** @type {Plugin} */ plugin, /** @type {Case} */ { op, kind, size }) {
    if (kind !== "bytes") return undefined;
    const into = new Uint8Array(size);
    return {
      call: (input) => plugin.callSync(op, input, { into }),
      read: (/** @type {number} */ length) => into.subarray(0, length),
    };
  },

  /** @returns {Bound | undefined} */
  borrow(/** @type {Plugin} */ plugin, /** @type {Case} */ { op, kind }) {
    if (kind !== "bytes") return undefined;
    let last = new Uint8Array(0);
    let copy = true;
    return {
      call: (input) =>
        plugin.callSync(op, input, {
          borrow(view) {
            if (copy) last = view.slice(); // only for the check before anything is timed
            return view.length;
          },
        }),
      read() {
        copy = false;
        return last;
      },
    };
  },

  /** @returns {Bound} */
  many(/** @type {Plugin} */ plugin, /** @type {Case} */ { op, kind }) {
    /** @type {any} */
    const options = kind === "text" ? { as: "text" } : undefined;
    return {
      async: true,
      per: 100,
      call: (input) => plugin.callMany(op, Array(100).fill(input), options),
      read: (/** @type {(Uint8Array | string)[]} */ all) => all[99],
    };
  },
};

/** @returns {Contender} */
function contender(
  /** @type {keyof typeof FUNCTIONS} */ abi,
  /** @type {"inline" | "worker"} */ isolation,
  /** @type {keyof typeof ways} */ way,
  /** @type {string} */ base,
  label = isolation === "worker" ? "worker" : way,
  /** @type {typeof UNLIMITED | undefined} */ limits = undefined,
) {
  return {
    name: `${abi} isopod ${label}`,
    base,
    alone: limits !== undefined,
    async open(env) {
      const { createHost } = await import("@isopod/node");
      const host = createHost(isolation === "inline" ? { isolation } : {});
      const plugin = await host.load(env.guest(`${abi}-${env.lang}`), /** @type {any} */ (loadOptions(abi, undefined, limits)));
      if (plugin.info.isolation !== isolation) throw new Error(`is ${plugin.info.isolation}, not ${isolation}`);
      return {
        // A list of a hundred large items would measure the garbage collector.
        bind: (test) => (way === "many" && test.size > 1024 ? undefined : ways[way](plugin, test)),
        close: () => host.dispose(),
      };
    },
  };
}

export const isopod = [
  contender("packed", "inline", "sync", "packed by hand"),
  contender("packed", "inline", "async", "packed by hand"),
  contender("packed", "inline", "sync", "packed by hand", "unlimited", UNLIMITED),
  contender("packed", "inline", "sync", "packed isopod unlimited", "limited", {}),
  contender("packed", "inline", "into", "packed by hand"),
  contender("packed", "inline", "borrow", "packed by hand"),
  contender("packed", "worker", "async", "raw worker"),
  contender("packed", "worker", "many", "arena floor", "worker ×100"),
  contender("extism", "inline", "sync", "extism 2.0.0-rc13"),
  contender("extism", "inline", "async", "extism 2.0.0-rc13"),
  contender("extism", "worker", "async", "extism 2.0.0-rc13 worker"),
  contender("wapc", "inline", "sync", "@wapc/host"),
  contender("wapc", "inline", "async", "@wapc/host"),
  contender("wapc", "worker", "async", "raw worker"),
];
