import { attacks, type Attack, type Target } from "@isopod/core/testing";
import { expect, test } from "vitest";
import { judge } from "./child.ts";
import { ASKED, RIVALS, untyped } from "./list.ts";
import { comparison } from "./table.ts";

const row = (name: string): Attack => attacks.find((attack) => attack.name === name)!;
/** A host that takes anything, and does this when it is called. */
const host = (call: () => Promise<unknown>): Target => ({ typed: untyped, load: async () => ({ call, dispose: async () => {} }) });

test("who takes what has to be refused has failed, unless only we refuse it", async () => {
  const lax = host(async () => 0);
  expect(await judge(row("load: 150,000 types"), lax)).toEqual({ ok: true, outcome: "took it, and came to no harm" });
  expect(await judge(row("load: a memory of 4 GiB from the start"), lax)).toMatchObject({ ok: false, harm: "took" });
  expect(await judge(row("control: an endless loop"), lax)).toMatchObject({ ok: false, harm: "took" });
});

test("an error of the host's own is told in its words, and is a right end for a guest that lies", async () => {
  const strict = host(() => Promise.reject(new RangeError("outside the bounds")));
  expect(await judge(row("control: an endless loop"), strict)).toEqual({ ok: true, outcome: "outside the bounds" });
  expect(await judge(row("memory: WASI, a vector past the end"), strict)).toEqual({ ok: true, outcome: "outside the bounds" });
  expect(await judge(row("numbers: not a number"), strict)).toMatchObject({ ok: false, harm: "other" });
  expect(await judge(row("memory: WASI, a vector past the end"), host(async () => 0))).toMatchObject({ ok: false, harm: "other", outcome: "value: expected 21, got 0" });
});

test("every host is asked something, and we whatever one of the others is", () => {
  const asked = Object.values(RIVALS).map(({ applies }) => attacks.filter(applies).length);
  expect(Math.min(...asked)).toBeGreaterThan(50);
  expect([asked[0], Math.max(...asked)]).toEqual([ASKED.length, ASKED.length]);
});

test("a table says what does not apply, and what became of whom", () => {
  const [ours, extism] = Object.keys(RIVALS) as [string, string];
  const attack = "control: an endless loop";
  const text = comparison([{ rival: ours, attack, ok: true, outcome: "" }, { rival: extism, attack, ok: false, outcome: "", harm: "hung" }]).join("\n");
  expect(text).toContain("| control | 1 of 1 | 0 of 1 | – | – |");
  expect(text).toContain(`| ${attack} | ✓ | hung | – | – |`);
});
