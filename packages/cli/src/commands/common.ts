import type { Command } from "commander";

/** What every command has. */
export function common(command: Command): Command {
  return command.option("--verbose", "errors with their stack").helpOption("-h, --help", "this text");
}
