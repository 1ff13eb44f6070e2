import { attacks } from "@isopod/core/testing";
import type { Harm, Told } from "./child.ts";
import { ASKED, RIVALS } from "./list.ts";

export interface Compared extends Told {
  readonly rival: string;
  readonly attack: string;
}

/** Where the comparison begins in attacks.md; it goes to the end. */
export const HEADING = "## Other hosts under the same attacks";

const HARMS: Readonly<Record<Harm, readonly [short: string, long: string]>> = {
  hung: ["hung", "hung: said nothing for 8 s, and was killed"],
  ended: ["ended", "ended: the application's process, by an error outside of any promise"],
  took: ["took it", "took it: a limit or a refusal that did not hold"],
  other: ["other", "other: told its caller or its guest something else than it must"],
};

export function tally(rows: readonly Compared[], rival: string): { survived: number; total: number } {
  const own = rows.filter((row) => row.rival === rival);
  return { survived: own.filter(({ ok }) => ok).length, total: own.length };
}

const names = Object.keys(RIVALS);
const group = (attack: string): string => attack.split(":")[0]!;
const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
const head = (first: string): string[] => [line([first, ...names]), line(["---", ...names.map(() => ":-:")])];

/** By group, by what became of the rest, and every row that somebody did not survive. */
export function comparison(rows: readonly Compared[]): string[] {
  const groups = [...new Set(rows.map(({ attack }) => group(attack)))];
  const share = (own: readonly Compared[], rival: string): string => {
    const { survived, total } = tally(own, rival);
    return total === 0 ? "–" : `${survived} of ${total}`;
  };
  const cell = (attack: string, rival: string): string => {
    const row = rows.find((each) => each.attack === attack && each.rival === rival);
    return !row ? "–" : row.ok ? "✓" : HARMS[row.harm ?? "other"][0];
  };
  const lost = [...new Set(rows.filter(({ ok }) => !ok).map(({ attack }) => attack))];
  return [
    ...head("survived"),
    ...groups.map((each) => line([each, ...names.map((rival) => share(rows.filter(({ attack }) => group(attack) === each), rival))])),
    line(["all", ...names.map((rival) => share(rows, rival))]),
    "",
    ...head("what became of the rest"),
    ...Object.entries(HARMS).map(([harm, [, long]]) => line([long, ...names.map((rival) => rows.filter((row) => row.rival === rival && row.harm === harm).length)])),
    "",
    ...head("attacks that somebody did not survive"),
    ...lost.map((attack) => line([attack.replaceAll("|", "\\|"), ...names.map((rival) => cell(attack, rival))])),
  ];
}

/** The comparison as the end of attacks.md. */
export function section(rows: readonly Compared[]): string {
  return [
    HEADING,
    "",
    `Made by \`npm run attacks -- --rivals\`, in Node ${process.versions.node.split(".")[0]!}. Each row is a process of its own: the attack, then a sound plugin that must load and answer.`,
    `${ASKED.length} of the kit's ${attacks.length} attacks can be asked of another host: the others are named by our options, or speak an ABI that none of these has.`,
    "– is what a host has no notion of. Where an error must come, any will do. Where a valid module is refused by a decision of ours, a host that takes it and goes on has survived.",
    "",
    ...Object.entries(RIVALS).map(([name, { setup }]) => `* ${name}: ${setup}.`),
    "",
    ...comparison(rows),
    "",
  ].join("\n");
}
