import { CommanderError } from "commander";
import { errorText, EXIT, exitCodeOf, Told, UsageError } from "./failure.ts";
import { makeProgram } from "./program.ts";
import { write } from "./terminal/output.ts";

/** Runs one command line, and gives its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const program = makeProgram();
  const commands = program.commands.map((command) => command.name());
  try {
    await program.parseAsync(known(args, commands), { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const failure = error instanceof CommanderError ? usage(error, args, commands) : error;
    if (!(failure instanceof Told)) await write(process.stderr, errorText(failure, args.includes("--verbose")));
    return exitCodeOf(failure);
  }
}

/** Help about a command that there is not would be help about another: without its flag the command is refused, as it is anywhere else. */
function known(args: readonly string[], commands: readonly string[]): readonly string[] {
  const words = args.filter((arg) => arg !== "-h" && arg !== "--help");
  const [first, ...rest] = words;
  const name = first === "help" ? rest[0] : first;
  if (name === undefined || name.startsWith("-") || commands.includes(name)) return args;
  return first === "help" ? rest : words;
}

function usage({ message, code }: CommanderError, args: readonly string[], commands: readonly string[]): UsageError {
  const sentence = code === "commander.help" ? "which command?" : message.replace(/^error: /, "").replace(/\s+/g, " ").trim();
  const command = args.find((arg) => commands.includes(arg));
  return new UsageError(`${sentence} (isopod ${command ? `${command} ` : ""}--help)`);
}
