// The command lines of this repository: help is a success, what cannot be meant is one line on stderr and the exit code 2, and a
// reader that has seen enough, such as `head`, is no failure to speak of.
import { parseArgs } from "node:util";

/**
 * Reads a command line, `--help` as well, which every command has.
 *
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {string} usage what `--help` prints
 * @param {T} options as `parseArgs` has them
 * @param {readonly string[]} [args]
 */
export function readOptions(usage, options, args = process.argv.slice(2)) {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EPIPE") process.exit(141);
      throw error;
    });
  }
  const all = { ...options, help: { type: /** @type {const} */ ("boolean"), short: "h" } };
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args: [...args], options: all }).values;
  } catch (error) {
    return refuse(`${/** @type {Error} */ (error).message.split(/\.\s/)[0]} (--help has the options)`);
  }
}

/**
 * Ends the process: nothing was run.
 *
 * @param {string} sentence
 * @returns {never}
 */
export function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/** A number above 0, or a whole one from 0 on. @param {string} option @param {string} text @param {"above 0" | "whole"} kind */
export function numberOf(option, text, kind) {
  const value = Number(text);
  const good = text.trim() !== "" && (kind === "whole" ? Number.isSafeInteger(value) && value >= 0 : value > 0 && value < Infinity);
  return good ? value : refuse(`${option} must be ${kind === "whole" ? "a whole number from 0" : "a number above 0"}, not "${text}"`);
}

/** Some of these, by commas; all of them where none is named. @template {string} T @param {string} option @param {string | undefined} text @param {readonly T[]} all */
export function namesOf(option, text, all) {
  const names = text?.split(",") ?? all;
  const strange = names.filter((name) => !all.includes(/** @type {T} */ (name)));
  return strange.length > 0 ? refuse(`${option} takes ${all.join(", ")}, not ${strange.join(", ")}`) : /** @type {readonly T[]} */ (names);
}
