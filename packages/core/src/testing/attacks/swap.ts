import { equal, ok, within } from "../assert.ts";
import type { Attack, Binary, Target } from "./attack.ts";
import { build } from "./binary.ts";
import { forever, i32, unreachable, type Code } from "./code.ts";
import { BOUND_MS, code, failing } from "./judge.ts";
import { limited } from "./limited.ts";

/** Answers its own number; the last one breaks off when it starts. */
const version = (answer: number): Binary => ({ name: `version ${answer}`, bytes: () => build({ functions: [{ results: "i32", body: [i32(answer)], as: "run" }] }) });
const starting = (name: string, body: Code): Binary => ({ name, bytes: () => build({ functions: [{ results: "i32", body: [i32(3)], as: "run" }, { body }], start: 1 }) });
const [OLD, NEW] = [version(1), version(2)];
const TRAPS = starting("a version that traps at its start", [unreachable]);
const HANGS = starting("a version that never comes to an end of its start", [forever()]);

/** A swap that must fail, and leave the old version as it was. */
function rolledBack(name: string, next: Binary, expected: string | readonly string[], needs?: Attack["needs"]): Attack {
  return {
    name: `swap: ${name}`,
    expected: `${[expected].flat().join(" or ")}, and the old version goes on`,
    speaks: ["plain", "swap"],
    ...(needs && { needs }),
    binaries: [OLD, ...(needs ? [] : [next])],
    run: async (target: Target) => {
      const victim = await within(BOUND_MS, target.load(OLD, limited({ fuel: 10_000_000 })));
      const seen = await failing(target, within(BOUND_MS, victim.swap!(next)), expected);
      for (let count = 0; count < 3; count++) equal(await within(BOUND_MS, victim.call("run")), 1);
      await within(BOUND_MS, victim.dispose());
      return seen;
    },
  };
}

export const swapAttacks: readonly Attack[] = [
  {
    name: "swap: a new version under calls",
    expected: "no call fails, none that starts after it is answered by the old one",
    speaks: ["plain", "swap"],
    binaries: [OLD, NEW],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load(OLD));
      const calls = (count: number): Promise<unknown[]> => Promise.all(Array.from({ length: count }, () => victim.call("run").catch((error: unknown) => code(target, error))));
      for (const [next, answer] of [[NEW, 2], [OLD, 1], [NEW, 2]] as const) {
        const during = calls(50);
        await within(BOUND_MS, victim.swap!(next));
        const after = await within(BOUND_MS, calls(50));
        ok((await within(BOUND_MS, during)).every((each) => each === 1 || each === 2), `during: ${[...new Set(await during)].join()}`);
        ok(after.every((each) => each === answer), `after: ${[...new Set(after)].join()}`);
      }
      await within(BOUND_MS, victim.dispose());
      return "300 calls answered";
    },
  },
  rolledBack("to a version that traps at its start", TRAPS, "trap"),
  rolledBack("to a version whose start never ends", HANGS, ["limit fuel", "limit time"]),
  rolledBack("to bytes that are cut off", { name: "cut", bytes: () => OLD.bytes().subarray(0, 20) }, ["bad_module", "abi_unknown"], ["compile"]),
];
