import { parseArgs } from "node:util";

/** What a plugin can be written in: each is a folder `templates/plugin-…`. */
export const LANGUAGES = ["assemblyscript", "c", "rust", "wat"] as const;
/** Where an app can run: each but `all` is a folder `templates/app-…`. */
export const HOSTS = ["browser", "edge", "node", "all"] as const;

export type Language = (typeof LANGUAGES)[number];
export type Host = (typeof HOSTS)[number];

/** All that there is to decide. */
export interface Choice {
  /** Folder of the project, which is made. */
  readonly dir: string;
  readonly language: Language;
  readonly host: Host;
}

/** What somebody has who only presses Enter. */
export const PRESET: Choice = { dir: "isopod-plugin", language: "assemblyscript", host: "node" };

/** The command line says something that cannot be meant, or too little: nothing was written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command line, checked. What it does not say is left out. */
export interface Given extends Partial<Choice> {
  readonly yes: boolean;
  readonly help: boolean;
}

/**
 * Reads a command line.
 *
 * @throws UsageError for what no option or no value of one is
 */
export function parse(args: readonly string[]): Given {
  const { values, positionals } = read(args);
  const [dir, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`one folder, not ${positionals.length}: ${positionals.join(", ")}`);
  return {
    yes: values.yes ?? false,
    help: values.help ?? false,
    ...(dir !== undefined && { dir }),
    ...(values.language !== undefined && { language: oneOf("language", LANGUAGES, values.language) }),
    ...(values.host !== undefined && { host: oneOf("host", HOSTS, values.host) }),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { language: { type: "string" }, host: { type: "string" }, yes: { type: "boolean", short: "y" }, help: { type: "boolean", short: "h" } },
    });
  } catch (cause) {
    // What follows the first sentence is advice for other options than there are here.
    throw new UsageError((cause as Error).message.split(/\.\s/)[0], { cause });
  }
}

function oneOf<T extends string>(option: string, all: readonly T[], value: string): T {
  const found = all.find((one) => one === value);
  if (found === undefined) throw new UsageError(`--${option} must be one of ${all.join(", ")}, not "${value}"`);
  return found;
}
