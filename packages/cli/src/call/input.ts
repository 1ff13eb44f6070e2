import type { Input, PluginInfo } from "@isopod/core";
import { UsageError } from "../failure.ts";
import { counted } from "../terminal/figures.ts";
import { numbers, parameters } from "./numbers.ts";

/** Where input comes from when it is not an argument. */
export interface Stdin {
  readonly isTTY?: boolean | undefined;
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array | string>;
}

/** Stands for standard input. */
const STDIN = "-";
/** More bytes than this are no numbers that anybody typed. */
const MOST_NUMBERS = 2 ** 20;

/**
 * What the operation is given: the argument, else standard input where there is one to be read, else nothing. A plugin
 * of the ABI `plain` takes numbers, so there may be several, also in standard input.
 *
 * @throws UsageError
 */
export async function inputFor({ abi, exports, limits }: PluginInfo, op: string, given: readonly string[], stdin: Stdin): Promise<Input> {
  const asked = given.length === 1 && given[0] === STDIN;
  if (abi !== "plain") {
    if (given.length > 1) throw new UsageError(`plugins of the ABI ${abi} take one input, not ${given.length}: quote it`);
    if (given.length === 1 && !asked) return given[0];
    return asked || !stdin.isTTY ? await readAll(stdin, limits?.input) : undefined;
  }
  const wanted = parameters(exports.find(({ name }) => name === op)?.type);
  if (given.length > 0 && !asked) return numbers(given, wanted);
  // What takes no number must not wait for any.
  if (!asked && (stdin.isTTY || wanted.length === 0)) return [];
  const bytes = await readAll(stdin, MOST_NUMBERS);
  if (bytes.length > MOST_NUMBERS) throw new UsageError(`standard input is too long for ${counted(wanted.length, "number")}`);
  const text = new TextDecoder().decode(bytes).trim();
  return numbers(text === "" ? [] : text.split(/[\s,]+/), wanted);
}

/** All there is; of what is longer than it may be, enough to tell, because it may have no end. */
async function readAll(stdin: Stdin, most: number | "unlimited" = "unlimited"): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of stdin) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    parts.push(bytes);
    read += bytes.length;
    if (most !== "unlimited" && read > most) break;
  }
  return Buffer.concat(parts);
}
