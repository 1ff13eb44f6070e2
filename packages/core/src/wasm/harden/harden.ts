import { price } from "./costs.ts";
import { Edits } from "./edits.ts";
import { emit } from "./emit.ts";
import type { Policy } from "./policy.ts";
import { understand } from "./understand.ts";

/**
 * Rewrites a module so that its memory, its tables and its work stay within bounds, in any engine, without anything
 * but the module itself and one imported function. The same bytes and policy give the same result everywhere.
 *
 * ```text
 * loop            loop
 *   body            fuel −= cost of the body; if (fuel < 0) refill()
 *   br_if 0   →     body
 * end               br_if 0
 *                 end
 *
 * loop            loop                                  where the body is short, a local counts what was done,
 *   body            if (local > 8191) spend(local), local = 0        which is charged every 8191 units
 *   br_if 0   →     loop
 * end                 br_if 1 (local > 8191)
 *                     local += cost of the body
 *                     body
 *                     br_if 0
 *                   end
 *                 end
 * ```
 *
 * Loops that a variable counts are charged by strips of rounds instead: see `counted.ts`. What is paid is the longest way
 * through a body, whichever is taken. Small functions that call themselves are written three times, and some get a door,
 * which charges where they are not called by name: see `price`.
 *
 * What it adds: the import `isopod.tick (i32, i32) -> i32`, called with (0, what is left, a negative number) for more
 * fuel, with (1, pages) before a memory grows and (2, pages) where the engine refused that; the exports `isopod:fuel
 * (i32) -> i32`, which sets what the module may use and says what was left, and `isopod:start` in place of a start section;
 * a custom section that says all this, `isopod`.
 *
 * @param digest of the bytes, to be written into that section
 * @param edits that are watched, where somebody wants to know where the code has gone
 * @throws `bad_module`, `unsupported` for what the policy excludes, `limit` for a memory or table larger than it allows
 * @example const bytes = harden(original, { memory: 16 * 2 ** 20, tables: 10_000 }, await digest(original));
 */
export function harden(bytes: Uint8Array, policy: Policy, digest = "", edits: Edits = new Edits(bytes.length)): Uint8Array<ArrayBuffer> {
  const found = understand(bytes, policy, edits);
  return emit({ ...found, edits, prices: price(found), policy, digest });
}
