import type { Command } from "commander";
import { Told } from "../failure.ts";
import type { TestFlags } from "../test/test.ts";
import { common } from "./common.ts";
import { abiOption, functionsOption, grantOption, timeoutOption } from "./options.ts";

/** `isopod test FILE CASES` */
export function testCommand(program: Command): void {
  common(program.command("test"))
    .summary("an author's cases in every runtime at hand")
    .description(
      "Runs cases in Node (inline and in a worker), workerd and Chromium, as far as they are at hand, and ends with 1 if one fails. CASES is a JSON list, or one object on each line: { name?, op, input?, output?, error?: { code, message? }, config?, continues? }. Text is a string, bytes are { base64 }, anything else is JSON.",
    )
    .argument("<file>", "the plugin: a path, or an http(s) address")
    .argument("<cases>", "the cases: a path")
    .option("--only <runtimes>", "node-inline, node-worker, workerd, chromium, several with commas; one that is not here then fails", (text) => text.split(",").map((name) => name.trim()))
    .addOption(timeoutOption("what a case may take", "10s"))
    .addOption(abiOption())
    .addOption(grantOption())
    .addOption(functionsOption())
    .option("--json", "one JSON object, its type is TestReport of @isopod/cli")
    .action(async (file: string, cases: string, flags: TestFlags) => {
      const { test } = await import("../test/test.ts");
      if (!(await test(file, cases, flags))) throw new Told("a case failed");
    });
}
