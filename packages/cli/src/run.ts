import { CommanderError } from "commander";
import { errorText, EXIT, exitCodeOf, Told, UsageError } from "./failure.ts";
import { makeProgram } from "./program.ts";
import { write } from "./terminal/output.ts";

/** Runs one command line, and gives its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await makeProgram().parseAsync(args, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const failure = error instanceof CommanderError ? usage(error, args) : error;
    if (!(failure instanceof Told)) await write(process.stderr, errorText(failure, args.includes("--verbose")));
    return exitCodeOf(failure);
  }
}

function usage({ message, code }: CommanderError, args: readonly string[]): UsageError {
  const sentence = code === "commander.help" ? "which command?" : message.replace(/^error: /, "").replace(/\s+/g, " ").trim();
  const command = args.find((arg) => ["inspect", "call", "bench", "test"].includes(arg));
  return new UsageError(`${sentence} (isopod ${command ? `${command} ` : ""}--help)`);
}
