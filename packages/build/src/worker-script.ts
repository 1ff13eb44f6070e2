import { dirname, join } from "node:path";

/** The module of `@isopod/browser` that starts workers. */
export const STARTS_WORKERS: RegExp = /[\\/]browser[\\/]dist[\\/]isolate\.js$/;

/** How it names their script: Vite, webpack and Rspack know this form, and take the file along by themselves. */
const NAMED = 'new URL("./worker.js", import.meta.url)';
const ADDRESS = "scriptOfWorkers";

/** Where the script of the workers is, which holds all that it needs. */
export function scriptBeside(module: string): string {
  return join(dirname(module), "worker.js");
}

/**
 * The same module for bundlers that do not know the form. On one line with what it began with, so that source maps hold.
 *
 * @param told a statement that gives the address of the emitted script to the variable of that name
 * @returns undefined where it names no script in that form
 */
export function withWorker(code: string, told: (variable: string) => string): string | undefined {
  return code.includes(NAMED) ? `${told(ADDRESS)} ${code.replace(NAMED, `new URL(${ADDRESS}, import.meta.url)`)}` : undefined;
}
