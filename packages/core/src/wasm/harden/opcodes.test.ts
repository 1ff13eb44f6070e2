import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { node } from "../../../../../e2e/runtimes/node.ts";
import { around, compare, moduleOf } from "./compare.fixture.ts";
import { Edits } from "./edits.ts";
import { COMPUTING, key, type Sample } from "./opcodes.fixture.ts";
import { EXCEPTIONS, LEGACY, MEMORIES, SPECIAL } from "./special.fixture.ts";
import { understand } from "./understand.ts";

/** What never returns. */
const ENDS = new Set(["00"]);

const total = new Map<string, number>();

function all({ ran, differences }: { ran: Record<string, number>; differences: string[] }): void {
  for (const [code, runs] of Object.entries(ran)) total.set(code, (total.get(code) ?? 0) + runs);
  expect(differences).toEqual([]);
  expect(Object.keys(ran).filter((one) => ran[one] === 0 && !ENDS.has(one))).toEqual([]);
}

describe("every instruction gives the same, hardened", () => {
  it("what computes, loads and stores", () => all(compare(COMPUTING)), 20_000);
  it("what branches, calls, refers, grows, fills and copies", () => all(compare(SPECIAL)), 20_000);
  it("exceptions, as they were first encoded", () => all(compare(LEGACY)));

  const newer: Record<string, [samples: string, memories: number, list: readonly Sample[]]> = {
    "exceptions, as they are encoded now": ["EXCEPTIONS", 1, EXCEPTIONS],
    "several memories": ["MEMORIES", 2, MEMORIES],
  };
  it.each(Object.entries(newer))("%s", (_, [samples, memories, list]) => {
    if (WebAssembly.validate(moduleOf(list, memories))) return all(compare(list, memories));
    // Node 20 has neither: the one that the matrix runs, has both.
    const later = node(24).execPath;
    if (!later) return expect(process.platform + process.arch).not.toBe("linuxx64");
    const script = `import { compare } from ${JSON.stringify(here("compare"))}; import { ${samples} } from ${JSON.stringify(here("special"))}; console.log(JSON.stringify(compare(${samples}, ${memories})));`;
    const { stdout, stderr } = spawnSync(later, ["--input-type=module", "--eval", script], { encoding: "utf8" });
    expect(stderr.replaceAll(/.*(?:Warning|trace-warnings).*\n/g, "")).toBe("");
    return all(JSON.parse(stdout) as ReturnType<typeof compare>);
  }, 30_000);

  it("what waits on the stack afterwards is known", () => {
    let alive = 0;
    for (const [list, memories] of [[COMPUTING, 0], [SPECIAL, 0], [LEGACY, 0], [EXCEPTIONS, 0], [MEMORIES, 2]] as const) {
      for (const { key, body } of list) {
        const bytes = around([body], memories);
        const { labels } = understand(bytes, { memory: 2 ** 32, tables: Infinity }, new Edits(bytes.length)).scan;
        if (labels.dead) continue;
        alive++;
        expect(labels.height, key).toBe(0);
      }
    }
    expect(alive).toBeGreaterThan(1000);
  });

  it("the table has all there are", () => {
    const holes = { 0xfc: [] as number[], 0xfd: [154, 162, 165, 166, 175, 176, 178, 179, 180, 187, 194, 197, 198, 207, 208, 210, 211, 212, 226, 238] };
    const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const expected = [
      ...[...range(0x00, 0x0f), ...range(0x10, 0x13), ...range(0x18, 0x1c), 0x1f, ...range(0x20, 0x26), ...range(0x28, 0xc4), 0xd0, 0xd1, 0xd2].map((code) => key(code)),
      ...range(0, 17).map((code) => key(0xfc, code)),
      ...range(0, 255).filter((code) => !holes[0xfd].includes(code)).map((code) => key(0xfd, code)),
    ];
    const found = new Set([...COMPUTING, ...SPECIAL, ...LEGACY, ...EXCEPTIONS].map((sample) => sample.key));
    expect(expected.filter((code) => !found.has(code))).toEqual([]);
    expect(found.size).toBe(expected.length);
  });

  it("how often each was run to its end is in coverage.md", async () => {
    if (![...total.keys()].includes(key(0x1f))) return; // no newer Node here, see above
    const table = (title: string, prefix?: number): string[] => {
      const rows = Array.from({ length: 16 }, (_, high) => Array.from({ length: 16 }, (_, low) => total.get(prefix === undefined ? key(high * 16 + low) : key(prefix, high * 16 + low)) ?? "·"));
      const hex = (digit: number): string => digit.toString(16).toUpperCase();
      return [`## ${title}`, "", `| | ${rows.map((_, low) => hex(low)).join(" | ")} |`, `|---|${"---|".repeat(16)}`, ...rows.flatMap((row, high) => (row.every((cell) => cell === "·") ? [] : [`| ${hex(high)}_ | ${row.join(" | ")} |`])), ""];
    };
    const text = ["# Instructions that are run as they were and hardened", "", "By code, how many samples run to their end, with the same answer and memory; others trap or throw alike. `·`: no such instruction,", "or one that is refused. Written by `opcodes.test.ts`: `npx vitest run opcodes -u`.", "", ...table("One byte"), ...table("Behind FC", 0xfc), ...table("Behind FD", 0xfd)].join("\n");
    await expect(text).toMatchFileSnapshot("coverage.md");
  });
});

function here(name: string): string {
  return new URL(`${name}.fixture.ts`, import.meta.url).href;
}
