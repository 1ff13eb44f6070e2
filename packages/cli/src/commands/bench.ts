import { InvalidArgumentError, Option, type Command } from "commander";
import { common } from "./common.ts";
import { loadOptions, loadOptionsOf, timeoutOption, type LoadFlags } from "./options.ts";

const MOST_SECONDS = 600;

/** What the command line says of a measurement. */
export interface BenchFlags extends LoadFlags {
  readonly seconds: number;
  readonly timeout: number;
  readonly json?: true;
}

/** `isopod bench FILE OP [INPUT]` */
export function benchCommand(program: Command): void {
  const command = common(program.command("bench"))
    .summary("how fast an operation is, inline and in a worker")
    .description(
      "Measures one operation inline and in a worker, after a warm-up and in turns: cold start (host, load and first call in a new process), how long a call takes, and how many there are in a second, one after the other. INPUT as for isopod call.",
    )
    .argument("<file>", "a path, or an http(s) address")
    .argument("<op>", "the operation")
    .argument("[input...]", "its input; - is standard input")
    .addOption(new Option("--seconds <n>", "how long to measure").default(3).argParser(parseSeconds))
    .option("--json", "one JSON object, its type is BenchReport of @isopod/cli")
    .addOption(timeoutOption("ends the first call when it takes longer", "30s"));
  loadOptions(command).action(async (file: string, op: string, input: string[], flags: BenchFlags) => {
    const { bench } = await import("../bench/bench.ts");
    const { show } = await import("../bench/show.ts");
    const { progress } = await import("../terminal/progress.ts");
    const { screenOf } = await import("../terminal/screen.ts");
    const { write } = await import("../terminal/output.ts");
    const shown = progress();
    const found = await bench({ file, op, input, seconds: flags.seconds, timeout: flags.timeout, load: loadOptionsOf(flags) }, shown).finally(() => shown.end());
    await write(process.stdout, flags.json ? `${JSON.stringify(found, null, 2)}\n` : show(found, screenOf(process.stdout)));
  });
}

function parseSeconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(`It must be a number of seconds, above 0 and at most ${MOST_SECONDS}.`);
}
