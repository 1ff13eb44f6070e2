import { isIsopodError } from "@isopod/core";
import { printable } from "./terminal/printable.ts";

/** The end of a command by a signal, as a shell tells it. */
export const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** What a shell is told. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: SIGNALS.SIGINT, pipe: 141 } as const;

/** The command line says something that cannot be meant: nothing was run. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was found out could not be written. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** A failure that was shown already, such as a table of cases of which some failed. */
export class Told extends Error {}

/** Errors of core that are about the command line, too. */
const USAGE: readonly string[] = ["invalid_option"];

/** 2 where the command line is to be mended, 1 where the plugin is. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UsageError || (isIsopodError(error) && USAGE.includes(error.code)) ? EXIT.usage : EXIT.failed;
}

/** `isopod: code: sentence`, in one line whatever a plugin put into its message; with `verbose` the stack after it. */
export function errorText(error: unknown, verbose = false): string {
  const line = `isopod: ${codeOf(error)}: ${printable(messageOf(error))}\n`;
  return verbose ? `${line}${stackOf(error)}` : line;
}

function codeOf(error: unknown): string {
  if (error instanceof UsageError) return "usage";
  if (error instanceof OutputError) return "output";
  return isIsopodError(error) ? error.code : "internal";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  const stack = error instanceof Error && error.stack !== undefined ? `${printable(error.stack, "\n\t")}\n` : "";
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined || cause === null ? stack : `${stack}caused by: ${cause instanceof Error ? stackOf(cause) : `${printable(String(cause))}\n`}`;
}
