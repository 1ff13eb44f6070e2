import { create } from "./create.ts";
import { ask } from "./ask.ts";
import { HOSTS, LANGUAGES, parse, PRESET, UsageError, type Choice, type Given } from "./options.ts";

const USAGE = `npm create isopod DIR -- --language ${LANGUAGES.join("|")} --host ${HOSTS.join("|")} [--yes]`;
const HELP = `${USAGE}

  DIR          folder of the project: a new one, or empty
  --language   what the plugin is written in
  --host       where the app runs
  --yes, -y    no questions: what is not given is ${PRESET.dir}, ${PRESET.language}, ${PRESET.host}
`;

/**
 * The command.
 *
 * @returns the exit code: 0; 1 if it could not be written; 2 if the command line is wrong; 130 if whoever was asked gave up
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const given = parse(args);
    if (given.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const choice = await decide(given);
    if (choice === undefined) return 130;
    await create(choice);
    process.stdout.write(`\n  cd ${quoted(choice.dir)} && npm install && npm start\n\n`);
    return 0;
  } catch (error) {
    const usage = error instanceof UsageError;
    process.stderr.write(`create-isopod: ${error instanceof Error ? error.message : String(error)}\n${usage ? `usage: ${USAGE}\n` : ""}`);
    return usage ? 2 : 1;
  }
}

/** A folder as one types it into a shell. */
function quoted(dir: string): string {
  if (/^[\p{L}\p{N}._/\\:+@-]+$/u.test(dir)) return dir;
  return `"${process.platform === "win32" ? dir : dir.replace(/["$`\\]/g, "\\$&")}"`;
}

async function decide(given: Given): Promise<Choice | undefined> {
  const { dir, language, host } = given.yes ? { ...PRESET, ...given } : given;
  if (dir !== undefined && language !== undefined && host !== undefined) return { dir, language, host };
  if (process.stdin.isTTY && process.stdout.isTTY) return await ask(given);
  const missing = [dir ?? "DIR", language ?? "--language", host ?? "--host"].filter((name) => /^(?:DIR|--)/.test(name));
  throw new UsageError(`${missing.join(", ")} must be given, or --yes, where there is no terminal to ask on`);
}
