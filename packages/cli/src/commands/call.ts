import { Option, type Command } from "commander";
import type { As, Limits, LoadOptions } from "@isopod/core";
import { common } from "./common.ts";
import { limitOption, loadOptions, loadOptionsOf, timeoutOption, type LoadFlags } from "./options.ts";

/** What the command line says of a call. */
export interface CallFlags extends LoadFlags {
  readonly as?: As;
  readonly isolation: "inline" | "worker";
  readonly timeout: number;
  readonly limit?: Limits;
}

/** `isopod call FILE OP [INPUT]` */
export function callCommand(program: Command): void {
  const command = common(program.command("call"))
    .summary("one call; the output goes to stdout as it came")
    .description(
      "Calls one operation of a plugin. INPUT is text, or for plugins of the ABI plain one number for each parameter; standard input where there is no INPUT, or where it is -. The output goes to stdout byte for byte, what the plugin logs to stderr.",
    )
    .argument("<file>", "a path, or an http(s) address")
    .argument("<op>", "the operation")
    .argument("[input...]", "its input; - is standard input")
    .addOption(new Option("--as <form>", "how the output is read: bytes unless the ABI is plain, then value; text and json must be that").choices(["text", "json", "bytes", "value"]))
    .addOption(new Option("--isolation <where>", "inline is faster, but a plugin that hangs there holds everything up until the timeout").choices(["worker", "inline"]).default("worker"))
    .addOption(timeoutOption("ends loading, and the call, when they take longer", "30s"))
    .addOption(limitOption());
  loadOptions(command).action(async (file: string, op: string, input: string[], flags: CallFlags) => {
    const { call } = await import("../call/call.ts");
    await call({ file, op, input, as: flags.as, isolation: flags.isolation, timeout: flags.timeout, limits: flags.limit, load: loadOptionsOf(flags) satisfies LoadOptions });
  });
}
