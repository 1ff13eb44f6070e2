import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { IsopodError } from "@isopod/core";
import { common } from "./common.ts";
import { abiOption } from "./options.ts";

/** `isopod inspect FILE` */
export function inspectCommand(program: Command): void {
  common(program.command("inspect"))
    .summary("what a plugin is, needs, and where it can run")
    .description("Looks into a WebAssembly file without running it: its ABI and why, imports and exports, its size by section, what a host must give it, and where it can run. What cannot be loaded is shown too; the exit code is then 1.")
    .argument("<file>", "a path, or an http(s) address; - is standard input")
    .addOption(abiOption())
    .option("--json", "one JSON object, its type is Report of @isopod/cli")
    .action(async (file: string, { json, abi }: { json?: true; abi?: string }) => {
      const { readPlugin } = await import("../read.ts");
      const { report } = await import("../inspect/report.ts");
      const { show } = await import("../inspect/show.ts");
      const { screenOf } = await import("../terminal/screen.ts");
      const { write } = await import("../terminal/output.ts");
      const found = await (file === "-" ? report("standard input", new Uint8Array(await buffer(process.stdin)), abi) : report(file, await readPlugin(file), abi));
      await write(process.stdout, json ? `${JSON.stringify(found, null, 2)}\n` : show(found, screenOf(process.stdout)));
      if (found.error) throw new IsopodError(found.error.code, found.error.message);
    });
}
