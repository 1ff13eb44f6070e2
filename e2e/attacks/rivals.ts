import { readFile, writeFile } from "node:fs/promises";
import { startScript } from "../harness/process.ts";
import { paths } from "../harness/paths.ts";
import { ASKED, RIVALS } from "./rivals/list.ts";
import type { Told } from "./rivals/child.ts";
import { comparison, HEADING, section, tally, type Compared } from "./rivals/table.ts";

/** A child that says nothing for so long hangs; none of the rows takes a tenth of it where it is survived. */
const BOUND_MS = 8000;
/** Children at a time. */
const BESIDE = 2;

/** What applies of the kit against other hosts, each row in a process that is ended after a bound. */
export async function compareRivals(json: boolean, filter: string): Promise<number> {
  const asked = Object.entries(RIVALS).flatMap(([rival, { applies }]) =>
    ASKED.filter((each) => each.name.includes(filter) && applies(each)).map((each) => ({ rival, attack: each.name })),
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
  if (json) {
    process.stdout.write(`${JSON.stringify({ rows, ...Object.fromEntries(Object.keys(RIVALS).map((rival) => [rival, tally(rows, rival)])) })}\n`);
  } else {
    const why = rows.filter(({ ok }) => !ok).map(({ rival, attack, outcome }) => `✗ ${rival}: ${attack}\n    ${outcome.split("\n")[0]!}`);
    process.stdout.write(`\n${why.join("\n")}\n\n${comparison(rows).join("\n")}\n`);
  }
  // Part of the table is not the table.
  if (filter === "") {
    const page = new URL("attacks.md", paths.e2e);
    const before = await readFile(page, "utf8");
    await writeFile(page, `${before.split(HEADING)[0]!.trimEnd()}\n\n${section(rows)}`);
  }
  return 0;
}

async function one(rival: string, attack: string): Promise<Told> {
  let stop: (() => Promise<void>) | undefined;
  const told = await new Promise<Told>((resolve) => {
    stop = startScript(new URL("rivals/child.mjs", import.meta.url), {
      args: [rival, attack],
      execArgv: ["--stack-trace-limit=0", "--no-warnings"], // what is on the stack is a worker's script, in base64
      onMessage: (message) => resolve(message as Told),
      onEnd: (reason) => resolve({ ok: false, outcome: `ended the process: ${/\w*Error[^:\n]*: [^\n]*/.exec(reason)?.[0] ?? reason.slice(0, 90)}`, harm: "ended" }),
    });
    setTimeout(() => resolve({ ok: false, outcome: `said nothing for ${BOUND_MS / 1000} s, and was killed`, harm: "hung" }), BOUND_MS).unref();
  });
  await stop?.();
  return told;
}
