import { readFileSync } from "node:fs";
import { Command } from "commander";
import { benchCommand } from "./commands/bench.ts";
import { callCommand } from "./commands/call.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { testCommand } from "./commands/test.ts";

const EPILOGUE = `
Examples:
  isopod inspect validator.wasm
  isopod call add.wasm add 2 3
  echo '{"iban":"DE00"}' | isopod call validator.wasm validate
  isopod bench validator.wasm validate '{"iban":"DE00"}'
  isopod test validator.wasm cases.json

Exit codes: 0 all is well, 1 the plugin or a case failed, 2 the command line is
wrong, 130 interrupted, 141 whoever read stdout has gone. Results go to stdout,
all else to stderr.`;

/** The whole command line. Nothing that a command needs is loaded before it is chosen. */
export function makeProgram(): Command {
  const program = new Command("isopod")
    .description("Looks into WebAssembly plugins, calls, measures and tests them.")
    .version(version(), "-V, --version", "the version")
    .helpOption("-h, --help", "this text; with a command, more about it")
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${names(command)}`, commandUsage: usage, argumentTerm: (argument) => argument.name().toUpperCase() })
    .helpCommand("help [command]", "this text, or more about a command")
    .addHelpText("after", EPILOGUE)
    .showSuggestionAfterError()
    .exitOverride()
    // Whoever called is told by run.ts, in one line.
    .configureOutput({ outputError: () => {} });
  for (const add of [inspectCommand, callCommand, benchCommand, testCommand]) add(program);
  return program;
}

/** `FILE OP [INPUT…]` */
function names(command: Command): string {
  const each = command.registeredArguments.map((argument) => {
    const name = `${argument.name().toUpperCase()}${argument.variadic ? "…" : ""}`;
    return argument.required ? name : `[${name}]`;
  });
  return each.join(" ");
}

/** `isopod call [options] FILE OP [INPUT…]` */
function usage(command: Command): string {
  return command.parent ? `isopod ${command.name()} [options] ${names(command)}` : "isopod [options] COMMAND";
}

function version(): string {
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
