import { CommanderError } from "commander";
import { errorText, EXIT, exitCodeOf, Told, UsageError } from "./failure.ts";
import { makeProgram } from "./program.ts";
import { write } from "./terminal/output.ts";

/** Runs one command line, and gives its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await makeProgram().parseAsync(known(args), { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const failure = error instanceof CommanderError ? usage(error, args) : error;
    if (!(failure instanceof Told)) await write(process.stderr, errorText(failure, args.includes("--verbose")));
    return exitCodeOf(failure);
  }
}

const COMMANDS = ["inspect", "call", "bench", "test"];

/** Help about a command that there is not would be help about another: without its flag the command is refused, as it is anywhere else. */
function known(args: readonly string[]): readonly string[] {
  const words = args.filter((arg) => arg !== "-h" && arg !== "--help");
  const [first, ...rest] = words;
  const name = first === "help" ? rest[0] : first;
  if (name === undefined || name.startsWith("-") || COMMANDS.includes(name)) return args;
  return first === "help" ? rest : words;
}

function usage({ message, code }: CommanderError, args: readonly string[]): UsageError {
  const sentence = code === "commander.help" ? "which command?" : message.replace(/^error: /, "").replace(/\s+/g, " ").trim();
  const command = args.find((arg) => COMMANDS.includes(arg));
  return new UsageError(`${sentence} (isopod ${command ? `${command} ` : ""}--help)`);
}
