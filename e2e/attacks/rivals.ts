import { attacks } from "@isopod/core/testing";
import { startScript } from "../harness/process.ts";
import { RIVALS } from "./rivals/list.ts";
import type { Told } from "./rivals/child.ts";

/** A child that says nothing for so long hangs; none of the rows takes a tenth of it where it is survived. */
const BOUND_MS = 8000;
/** Children at a time. */
const BESIDE = 2;

interface Compared extends Told {
  readonly rival: string;
  readonly attack: string;
}

/** What applies of the kit against other hosts, each row in a process that is ended after a bound. */
export async function compareRivals(json: boolean, filter: string): Promise<number> {
  const asked = Object.entries(RIVALS).flatMap(([rival, { applies }]) =>
    attacks.filter((each) => each.name.includes(filter) && applies(each)).map((each) => ({ rival, attack: each.name })),
  );
  const rows: Compared[] = [];
  const queue = asked.entries();
  const runner = async (): Promise<void> => {
    for (const [at, each] of queue) {
      const told = await one(each.rival, each.attack);
      rows[at] = { ...each, ...told };
      if (!json) process.stdout.write(told.ok ? "✓" : "✗");
    }
  };
  await Promise.all(Array.from({ length: BESIDE }, runner));
  if (!json) process.stdout.write("\n");
  if (json) {
    process.stdout.write(`${JSON.stringify({ rows, ...Object.fromEntries(Object.keys(RIVALS).map((rival) => [rival, tally(rows, rival)])) })}\n`);
  } else {
    process.stdout.write(table(rows));
  }
  return 0;
}

async function one(rival: string, attack: string): Promise<Told> {
  let stop: (() => Promise<void>) | undefined;
  const told = await new Promise<Told>((resolve) => {
    stop = startScript(new URL("rivals/child.mjs", import.meta.url), {
      args: [rival, attack],
      onMessage: (message) => resolve(message as Told),
      onEnd: (reason) => resolve({ ok: false, outcome: `ended the process: ${/\w*Error: [^\n]{0,90}/.exec(reason)?.[0] ?? reason.slice(0, 40)}` }),
    });
    setTimeout(() => resolve({ ok: false, outcome: "hung, and was killed" }), BOUND_MS).unref();
  });
  await stop?.();
  return told;
}

function tally(rows: readonly Compared[], rival: string): { survived: number; total: number } {
  const own = rows.filter((row) => row.rival === rival);
  return { survived: own.filter(({ ok }) => ok).length, total: own.length };
}

/** Rows that nobody survived differently are left out of the terminal; `--json` has all. */
function table(rows: readonly Compared[]): string {
  const names = Object.keys(RIVALS);
  const all = [...new Set(rows.map(({ attack }) => attack))];
  const width = Math.max(...all.map((name) => name.length));
  const cell = (attack: string, rival: string) => rows.find((row) => row.attack === attack && row.rival === rival);
  const lines = all.map((attack) => {
    const marks = names.map((rival) => (cell(attack, rival) ? (cell(attack, rival)!.ok ? "✓" : "✗") : " ").padStart(3)).join("");
    const why = names.flatMap((rival) => (cell(attack, rival)?.ok === false ? [`${names.indexOf(rival) + 1}: ${cell(attack, rival)!.outcome.split("\n")[0]!.slice(0, 70)}`] : [])).join("; ");
    return `${attack.padEnd(width)}${marks}  ${why}`;
  });
  const legend = names.map((rival, index) => {
    const { survived, total } = tally(rows, rival);
    return `${String(index + 1).padStart(3)} ${rival}: ${survived} of ${total} survived`;
  });
  return `\n${legend.join("\n")}\n\n${lines.join("\n")}\n`;
}
