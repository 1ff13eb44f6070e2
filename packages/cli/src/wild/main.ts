import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parseDuration } from "../call/duration.ts";
import { errorText, EXIT, exitCodeOf, UsageError } from "../failure.ts";
import { endQuietlyWithoutReader, write } from "../terminal/output.ts";
import { progress } from "../terminal/progress.ts";
import { screenOf } from "../terminal/screen.ts";
import type { Patience } from "./process.ts";
import { isBroken } from "./row.ts";
import { showWild } from "./show.ts";
import { wild } from "./wild.ts";

const HELP = `npm run wild -- DIR    inspects, loads and calls every .wasm file below a folder

  --json           one JSON object: { rows, loaded, called, refused, total }
  --step 2s        what each load and each call may take
  --timeout 45s    what a file may take, until its process is killed

No symlink is followed, and no file above 64 MiB is read. Ends with 1 if a file crashed its process or had to be killed,
2 for a wrong command line.
`;

/** The whole of `npm run wild`; gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  try {
    const { folder, json, help, ...patience } = await options(args);
    if (help) return await write(process.stdout, HELP).then(() => EXIT.ok);
    const line = progress();
    const found = await wild(folder, patience, line.say).finally(line.end);
    await write(process.stdout, json ? `${JSON.stringify(found, null, 2)}\n` : showWild(found, screenOf(process.stdout)));
    return found.rows.some(isBroken) ? EXIT.failed : EXIT.ok;
  } catch (error) {
    await write(process.stderr, errorText(error));
    return exitCodeOf(error);
  }
}

interface Options extends Patience {
  readonly folder: string;
  readonly json: boolean;
  readonly help: boolean;
}

async function options(args: readonly string[]): Promise<Options> {
  const { values, positionals } = parsed(args);
  const { json = false, help = false } = values;
  const [step, file] = [duration("step", values.step ?? "2s"), duration("timeout", values.timeout ?? "45s")];
  const [folder = "", ...more] = positionals;
  if (help) return { folder, json, help, step, file };
  if (folder === "" || more.length > 0) throw new UsageError("name one folder (npm run wild -- --help)");
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new UsageError(`${folder} is no folder`);
  return { folder, json, help, step, file };
}

function duration(name: string, text: string): number {
  const found = parseDuration(text);
  if (found === undefined) throw new UsageError(`--${name} wants a time, such as 45s`);
  return found;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: "boolean" }, step: { type: "string" }, timeout: { type: "string" }, help: { type: "boolean", short: "h" } } });
  } catch (error) {
    // What follows the first sentence is advice for other options than there are here.
    throw new UsageError((error as Error).message.split(/\.\s/)[0]);
  }
}
