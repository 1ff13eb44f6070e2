/** The floors: each guest called with the least code that is correct. */
import { arenaByHand } from "../hand/arena.mjs";
import { extismByHand } from "../hand/extism.mjs";
import { fill, reverse, start } from "../hand/instance.mjs";
import { packedByHand, packedTuned } from "../hand/packed.mjs";
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

export const ARENA = "arena floor";

export const byHand = [
  contender(ARENA, () => "arena-wat", () => ({ imports: {}, bind: arenaByHand })),
  contender("packed by hand", (lang) => `packed-${lang}`, () => ({ imports: {}, bind: packedByHand })),
  contender("packed by hand, tuned", (lang) => `packed-${lang}`, () => ({ imports: {}, bind: packedTuned })),
  contender("extism by hand", (lang) => `extism-${lang}`, () => extismByHand(reverse)),
  contender("wapc by hand", (lang) => `wapc-${lang}`, () => wapcByHand(reverse)),
];
