import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { grantsOf } from "../call/grants.ts";
import { linesOf } from "../call/lines.ts";
import type { LoadFlags } from "../commands/options.ts";
import { SIGNALS, UsageError } from "../failure.ts";
import { report } from "../inspect/report.ts";
import { readPlugin, wordsOf } from "../read.ts";
import { write } from "../terminal/output.ts";
import { progress } from "../terminal/progress.ts";
import { screenOf } from "../terminal/screen.ts";
import { parseCases } from "./cases.ts";
import { chromiumRuntime } from "./chromium.ts";
import { nodeRuntime } from "./node.ts";
import { requestOf } from "./request.ts";
import { run } from "./run.ts";
import type { Runtime } from "./runtime.ts";
import type { Seat } from "./seat.ts";
import { table } from "./show.ts";
import { workerdRuntime } from "./workerd.ts";

/** How long what was started has to end when it is interrupted. */
const STOP_MS = 3000;

/** What the command line says of a test. */
export interface TestFlags extends Pick<LoadFlags, "abi" | "grant" | "functions"> {
  readonly only?: readonly string[];
  readonly timeout: number;
  readonly json?: true;
}

/** Runs the cases, and tells whether all is well. */
export async function test(file: string, casesFile: string, { abi, grant, functions, only, timeout, json }: TestFlags): Promise<boolean> {
  const cases = parseCases(await readText(casesFile), casesFile);
  const runtimes = chosen(allRuntimes([dirname(resolve(file)), process.cwd()]), only);
  if (functions !== undefined) await readText(functions);
  const [plugin, debug] = await Promise.all([readPlugin(file), linesOf(file)]);
  const about = await report(file, plugin, abi);
  const load = { abi, grants: grant && grantsOf(grant) };
  const seats = new Set<Seat>();
  const closeAll = (): Promise<unknown> => Promise.allSettled([...seats].map((seat) => seat.close()));
  let ending = false;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (ending) process.exit(code);
      ending = true;
      setTimeout(() => process.exit(code), STOP_MS);
      void closeAll().then(() => process.exit(code));
    });
  }
  const shown = progress();
  const lines = table(screenOf(process.stdout));
  const tell = (text: string): void => {
    if (json) return;
    shown.clear();
    process.stdout.write(text);
  };
  let at = 0;
  try {
    const found = await run({
      file,
      luggage: { plugin, debug, functions: functions === undefined ? undefined : resolve(functions) },
      cases: cases.map((one) => [one, requestOf(one, about, load)] as const),
      runtimes,
      required: only !== undefined,
      timeout,
      seats,
      onOpening: (name) => shown.say(`starting ${name}`),
      onRuntimes: (all) => tell(lines.head(file, all)),
      onCase: (one) => {
        tell(lines.row(one));
        shown.say(`case ${++at} of ${cases.length}`);
      },
    });
    shown.end();
    await write(process.stdout, json ? `${JSON.stringify(found, null, 2)}\n` : lines.end(found));
    return found.failed === 0;
  } finally {
    shown.end();
    await closeAll();
  }
}

function allRuntimes(folders: readonly string[]): Runtime[] {
  return [nodeRuntime("inline"), nodeRuntime("worker"), workerdRuntime(folders), chromiumRuntime(folders)];
}

function chosen(all: readonly Runtime[], only: readonly string[] | undefined): readonly Runtime[] {
  const names = all.map(({ name }) => name.replace(" ", "-"));
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`--only takes ${names.join(", ")}, not "${unknown}"`);
  return only ? all.filter(({ name }) => only.includes(name.replace(" ", "-"))) : all;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${wordsOf(error as NodeJS.ErrnoException)}`);
  }
}
