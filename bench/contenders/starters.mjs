/** Who starts from bytes: by hand, Isopod and the rivals. What was started is let go of outside of the measured time. */
import { extismByHand } from "../hand/extism.mjs";
import { fill, reverse, start } from "../hand/instance.mjs";
import { packedByHand } from "../hand/packed.mjs";
import { unseen } from "../hand/unseen.mjs";
import { wapcByHand } from "../hand/wapc.mjs";
import { pluginOptions } from "./extism.mjs";
import { loadOptions } from "./isopod.mjs";

/** @typedef {import("../harness/types.mjs").Env} Env */
/** @typedef {import("../harness/types.mjs").Lane & { close?: () => unknown }} OpenLane */
/** @typedef {"packed" | "extism" | "wapc"} AbiName */

const INPUT = new Uint8Array(16).fill(0x61);

/** Starts in a row. One alone would be charged with what its neighbour left behind: compiler threads, cold caches. */
const IN_A_ROW = 6;

/** @returns {OpenLane} */
function several(
  /** @type {() => Uint8Array<ArrayBuffer>} */ next,
  /** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<(() => unknown) | void>} */ run,
) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let fresh = [];
  /** @type {((() => unknown) | void)[]} */
  let started = [];
  return {
    maxBatch: IN_A_ROW,
    before(n) {
      fresh = Array.from({ length: n }, next);
      started = [];
    },
    async batch() {
      for (const bytes of fresh) started.push(await run(bytes));
    },
    async after() {
      for (const release of started) await release?.();
    },
  };
}

/** A starter's one job: bytes in, something to let go of out. */
function starter(
  /** @type {string} */ name,
  /** @type {AbiName} */ abi,
  /** @type {(bytes: Uint8Array<ArrayBuffer>) => Promise<((bytes: Uint8Array<ArrayBuffer>) => Promise<(() => unknown) | void>)>} */ prepare,
) {
  return {
    name,
    base: `${abi} by hand`,
    /** @returns {Promise<OpenLane>} */
    async open(/** @type {Env} */ env) {
      const bytes = env.guest(`${abi}-${env.lang}`);
      const next = unseen(bytes);
      const run = await prepare(bytes);
      return several(next, run);
    },
  };
}

function byHand(/** @type {AbiName} */ abi, /** @type {() => { imports: any, bind: (exports: any) => any }} */ make) {
  return starter(`${abi} by hand`, abi, async (bytes) => {
    const open = fill(new WebAssembly.Module(bytes), {});
    return async (fresh) => {
      const { imports, bind } = make();
      /** @type {any} */
      const all = {};
      for (const namespace in open) all[namespace] = { ...open[namespace], ...imports[namespace] };
      const { instance } = await WebAssembly.instantiate(fresh, all);
      bind(start(instance)).bytes("echo")(INPUT);
    };
  });
}

function isopod(/** @type {AbiName} */ abi, label = "", /** @type {any} */ limits = undefined) {
  return starter(`${abi} isopod${label}`, abi, async () => {
    const { createHost } = await import("@isopod/node");
    const host = createHost({ isolation: "inline" });
    const options = /** @type {any} */ (loadOptions(abi, undefined, limits));
    return async (fresh) => {
      const plugin = await host.load(fresh, options);
      await plugin.call("echo", INPUT);
      return () => plugin.dispose();
    };
  });
}

/** The host is made anew as well: what a script pays that makes one call and ends. */
function isopodWithHost(/** @type {AbiName} */ abi) {
  return starter(`${abi} isopod with its host`, abi, async () => {
    const { createHost } = await import("@isopod/node");
    const options = /** @type {any} */ (loadOptions(abi));
    return async (fresh) => {
      const host = createHost({ isolation: "inline" });
      const plugin = await host.load(fresh, options);
      await plugin.call("echo", INPUT);
      return () => host.dispose();
    };
  });
}

function extism(/** @type {string} */ name, /** @type {string} */ specifier) {
  return starter(name, "extism", async (bytes) => {
    const { createPlugin } = await import(specifier);
    const options = pluginOptions(bytes);
    return async (fresh) => {
      const plugin = await createPlugin({ wasm: [{ data: fresh }] }, options);
      await plugin.call("echo", INPUT);
      return () => plugin.close();
    };
  });
}

const wapcHost = starter("@wapc/host", "wapc", async () => {
  const { instantiate } = (await import("@wapc/host")).default;
  return async (fresh) => void (await (await instantiate(fresh)).invoke("echo", INPUT));
});

/** The worker runs, and has served another plugin; this plugin has been loaded, and is called for the first time. */
const warmWorker = {
  name: "isopod first call in a warm worker",
  base: undefined,
  /** @returns {Promise<OpenLane>} */
  async open(/** @type {Env} */ env) {
    const { createHost } = await import("@isopod/node");
    const host = createHost({ workers: 1 });
    const bytes = env.guest(`packed-${env.lang}`);
    const options = /** @type {any} */ (loadOptions("packed"));
    const next = unseen(bytes);
    const other = await host.load(bytes, options);
    await other.call("echo", INPUT);
    /** @type {import("@isopod/node").Plugin[]} */
    let plugins = [];
    return {
      maxBatch: IN_A_ROW,
      async before(n) {
        plugins = [];
        while (plugins.length < n) plugins.push(await host.load(next(), options));
      },
      async batch() {
        for (const plugin of plugins) await plugin.call("echo", INPUT);
      },
      async after() {
        for (const plugin of plugins) await plugin.dispose();
      },
      close: () => host.dispose(),
    };
  },
};

/** Milliseconds without a call, after which there is no instance left. */
const IDLE_MS = 5;

/** The plugin has been loaded and called, and then was idle for so long that no instance is left: the next call makes one. */
function fromZero(/** @type {"inline" | "worker"} */ isolation) {
  return {
    name: `isopod from zero ${isolation}`,
    base: undefined,
    /** @returns {Promise<OpenLane>} */
    async open(/** @type {Env} */ env) {
      const { createHost } = await import("@isopod/node");
      const host = createHost({ isolation, workers: 1, idle: IDLE_MS });
      const options = /** @type {any} */ (loadOptions("packed"));
      /** @type {import("@isopod/node").Plugin[]} */
      const plugins = [];
      while (plugins.length < IN_A_ROW) plugins.push(await host.load(env.guest(`packed-${env.lang}`), options));
      return {
        maxBatch: IN_A_ROW,
        async before() {
          for (const plugin of plugins) await plugin.call("echo", INPUT);
          await new Promise((resolve) => setTimeout(resolve, IDLE_MS * 6));
        },
        async batch(n) {
          for (const plugin of plugins.slice(0, n)) await plugin.call("echo", INPUT);
        },
        close: () => host.dispose(),
      };
    },
  };
}

export const starters = [
  byHand("packed", () => ({ imports: {}, bind: packedByHand })),
  isopod("packed"),
  isopodWithHost("packed"),
  byHand("extism", () => extismByHand(reverse)),
  isopod("extism"),
  isopodWithHost("extism"),
  extism("extism 1.0.3", "@extism/extism"),
  extism("extism 2.0.0-rc13", "extism-rc13"),
  byHand("wapc", () => wapcByHand(reverse)),
  isopod("wapc"),
  wapcHost,
  warmWorker,
  fromZero("inline"),
  fromZero("worker"),
];
