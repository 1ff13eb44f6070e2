import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parseDuration } from "../call/duration.ts";
import { errorText, EXIT, exitCodeOf, UsageError } from "../failure.ts";
import { endQuietlyWithoutReader, write } from "../terminal/output.ts";
import { progress } from "../terminal/progress.ts";
import { screenOf } from "../terminal/screen.ts";
import { isBroken } from "./row.ts";
import { showWild } from "./show.ts";
import { wild } from "./wild.ts";

const HELP = `npm run wild -- DIR           inspects, loads and calls every .wasm file below a folder
npm run wild -- DIR --json    one JSON object: { rows, loaded, called, refused, total }
npm run wild -- DIR --timeout 45s    what a file may take until its process is killed

No symlink is followed, and no file above 64 MiB is read. Ends with 1 if a file
crashed its process or had to be killed, 2 for a wrong command line.
`;

/** The whole of `npm run wild`; gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  try {
    const { folder, json, help, timeout } = await options(args);
    if (help) return await write(process.stdout, HELP).then(() => EXIT.ok);
    const line = progress();
    const found = await wild(folder, timeout, line.say).finally(line.end);
    await write(process.stdout, json ? `${JSON.stringify(found, null, 2)}\n` : showWild(found, screenOf(process.stdout)));
    return found.rows.some(isBroken) ? EXIT.failed : EXIT.ok;
  } catch (error) {
    await write(process.stderr, errorText(error));
    return exitCodeOf(error);
  }
}

async function options(args: readonly string[]): Promise<{ folder: string; json: boolean; help: boolean; timeout: number }> {
  const { values, positionals } = parsed(args);
  const { json = false, help = false } = values;
  const timeout = parseDuration(values.timeout ?? "45s");
  if (timeout === undefined) throw new UsageError("--timeout wants a time, such as 45s");
  const [folder = "", ...more] = positionals;
  if (help) return { folder, json, help, timeout };
  if (folder === "" || more.length > 0) throw new UsageError("name one folder (npm run wild -- --help)");
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false);
  if (!isFolder) throw new UsageError(`${folder} is no folder`);
  return { folder, json, help, timeout };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: "boolean" }, timeout: { type: "string" }, help: { type: "boolean", short: "h" } } });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
