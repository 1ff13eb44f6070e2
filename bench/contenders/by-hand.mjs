/** The floors: each guest called with the least code that is correct. */
import { arenaByHand } from "../hand/arena.mjs";
import { extismByHand } from "../hand/extism.mjs";
import { fill, reverse, start } from "../hand/instance.mjs";
import { packedByHand, packedTuned } from "../hand/packed.mjs";
import { packedBorrow, packedInto } from "../hand/packed-views.mjs";
import { wapcByHand } from "../hand/wapc.mjs";

/** @typedef {import("../harness/types.mjs").Contender} Contender */
/** @typedef {{ bytes(op: string): (input: any) => unknown, text(op: string): (input: any) => unknown }} Hand */

/** @returns {Contender} */
function contender(
  /** @type {string} */ name,
  /** @type {(lang: string) => string} */ guest,
  /** @type {() => { imports: any, bind: (exports: any) => Hand }} */ make,
) {
  return {
    name,
    async open(env) {
      const { imports, bind } = make();
      const module = new WebAssembly.Module(env.guest(guest(env.lang)));
      const hand = bind(start(new WebAssembly.Instance(module, fill(module, imports))));
      return { bind: ({ op, kind }) => ({ call: hand[kind](op) }) };
    },
  };
}

/** Without a new array for the answer. @returns {Contender} */
function views(/** @type {"into" | "borrow"} */ way) {
  return {
    name: `packed by hand, ${way}`,
    base: "packed by hand",
    async open(env) {
      const module = new WebAssembly.Module(env.guest(`packed-${env.lang}`));
      const exports = start(new WebAssembly.Instance(module, fill(module, {})));
      return {
        bind({ op, kind, size }) {
          if (kind !== "bytes") return undefined;
          const buffer = new Uint8Array(size);
          if (way === "into") return { call: packedInto(exports, buffer)(op), read: () => buffer };
          /** @type {Uint8Array | undefined} */
          let copy;
          const call = packedBorrow(exports, (view) => {
            copy ??= view.slice(); // for the check before anything is timed
            return view.length;
          })(op);
          return { call, read: () => /** @type {Uint8Array} */ (copy) };
        },
      };
    },
  };
}

export const byHand = [
  { ...contender("arena floor", () => "arena-wat", () => ({ imports: {}, bind: arenaByHand })), always: true },
  contender("packed by hand", (lang) => `packed-${lang}`, () => ({ imports: {}, bind: packedByHand })),
  contender("packed by hand, tuned", (lang) => `packed-${lang}`, () => ({ imports: {}, bind: packedTuned })),
  views("into"),
  views("borrow"),
  contender("extism by hand", (lang) => `extism-${lang}`, () => extismByHand(reverse)),
  contender("wapc by hand", (lang) => `wapc-${lang}`, () => wapcByHand(reverse)),
];
