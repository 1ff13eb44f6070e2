import type { Case } from "../ground.ts";
import { equal, fails } from "../assert.ts";
import { withGuest } from "./byte-abis.ts";

const languages = ["c", "as", "wat"].flatMap((language): Case[] => {
  const guest = `plain-${language}`;
  return [
    withGuest(`${guest}: numbers in, a number out`, guest, async (plugin) => {
      equal(plugin.info.abi, "plain");
      equal(await plugin.call("add", [2, 3], { as: "value" }), 5);
      equal(await plugin.call("add", [2147483647, 1], { as: "value" }), -2147483648);
      equal(await plugin.call("addf", [0.1, 0.2], { as: "value" }), 0.30000000000000004);
      equal(await plugin.call("addf", [NaN, 1], { as: "value" }), NaN);
      equal(await plugin.call("addf", [-0, -0], { as: "value" }), -0);
    }),
    withGuest(`${guest}: i64 is a bigint, beyond 2^53 too`, guest, async (plugin) => {
      equal(await plugin.call("add64", [9007199254740993n, 2n], { as: "value" }), 9007199254740995n);
      equal(await plugin.call("add64", [-1n, 0n], { as: "value" }), -1n);
      equal(await plugin.call("add64", [40n, 2n], { as: "text" }), "42");
    }),
    withGuest(`${guest}: a trap, and the next call works`, guest, async (plugin) => {
      await fails("trap", plugin.call("trap"));
      equal(await plugin.call("add", [1, 1], { as: "value" }), 2);
    }),
  ];
});

export const plainCases: readonly Case[] = [
  ...languages,
  withGuest("plain: the wrong number or kind of arguments", "plain-wat", async (plugin) => {
    await fails("bad_input", plugin.call("add", [1]));
    await fails("bad_input", plugin.call("add", [1, 2, 3]));
    await fails("bad_input", plugin.call("add", "12"));
    await fails("bad_input", plugin.call("add", [1, "2"] as never));
    await fails("bad_input", plugin.call("add", [1, 2], { as: "bytes" }));
    await fails("missing_export", plugin.call("subtract", [1, 2]));
    equal(await plugin.call("add", [1, 2], { as: "value" }), 3);
  }),
  withGuest("plain: several results", "plain-wat", async (plugin) => {
    equal(await plugin.call("swap", [1, 2], { as: "value" }), [2, 1]);
  }),
  withGuest("plain: callMany", "plain-wat", async (plugin) => {
    equal(await plugin.callMany("add", [[1, 2], [3, 4], [5, 6]], { as: "value" }), [3, 7, 11]);
    equal(await plugin.callMany("add64", [[1n, 2n]], { as: "value" }), [3n]);
    const [first, second] = await plugin.callMany<number>("count", [undefined, undefined], { as: "value" });
    equal(second, first! + 1, "operations without parameters take nothing, again and again");
  }),
  withGuest("plain: callSync", "plain-wat", async (plugin) => {
    equal(plugin.callSync("add", [2, 3], { as: "value" }), 5);
  }, {}, ["sync"]),
];
