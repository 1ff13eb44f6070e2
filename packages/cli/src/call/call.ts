import type { As, Limits, LoadOptions } from "@isopod/core";
import { createHost } from "@isopod/node";
import { EXIT } from "../failure.ts";
import { readPlugin } from "../read.ts";
import { write } from "../terminal/output.ts";
import { patience, within } from "./deadline.ts";
import { inputFor } from "./input.ts";
import { linesOf } from "./lines.ts";
import { logTo } from "./log.ts";
import { endsLine, written } from "./result.ts";

/** One call from the command line. */
export interface Wanted {
  readonly file: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly as: As | undefined;
  readonly isolation: "inline" | "worker";
  readonly timeout: number;
  readonly limits: Limits | undefined;
  readonly load: LoadOptions;
}

/** Loads, calls, and writes the output as it came. */
export async function call({ file, op, input, as: wanted, isolation, timeout, limits, load }: Wanted): Promise<void> {
  // A guest in this thread holds up every listener, so there the signal's own way must stay: it ends the process.
  if (isolation === "worker") process.once("SIGINT", () => process.exit(EXIT.interrupted));
  const [bytes, debug] = await Promise.all([readPlugin(file), linesOf(file)]);
  const host = createHost({ isolation, workers: 1, log: logTo() });
  try {
    const plugin = await within(timeout, (signal) => host.load(bytes, { ...load, limits: { ...patience(timeout).limits, ...limits }, debug, signal }));
    const given = await inputFor(plugin.info, op, input, process.stdin);
    const as = wanted ?? (plugin.info.abi === "plain" ? "value" : "bytes");
    const result: unknown = await within(timeout, (signal) => plugin.call(op, given, { as: as as "bytes", signal }));
    const output = written(result, as);
    await write(process.stdout, output.data);
    if (process.stdout.isTTY && output.text && !endsLine(output)) await write(process.stdout, "\n");
  } finally {
    await host.dispose();
  }
}
