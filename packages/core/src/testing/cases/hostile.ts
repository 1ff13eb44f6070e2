import type { Code } from "../../errors.ts";
import { equal, fails } from "../assert.ts";
import type { Case } from "../ground.ts";
import { withGuest } from "./byte-abis.ts";

/** Guests that lie about their memory: one typed error each, before anything is copied. */
const LIES: readonly (readonly [guest: string, code: Code])[] = [
  ["hostile-malloc-zero", "out_of_bounds"],
  ["hostile-malloc-beyond", "out_of_bounds"],
  ["hostile-result-beyond", "out_of_bounds"],
  ["hostile-result-longest", "out_of_bounds"],
  ["hostile-result-wrap", "out_of_bounds"],
  ["hostile-free-trap", "trap"],
];

export const hostile: readonly Case[] = LIES.map(([guest, code]) =>
  withGuest(`${guest}: ${code}`, guest, async (plugin) => {
    for (const input of ["abc", new Uint8Array(5)]) {
      const error = await fails(code, plugin.call("echo", input));
      equal(error.fault, "plugin");
    }
    await fails(code, plugin.callMany("echo", ["a", "b"]));
  }),
);
