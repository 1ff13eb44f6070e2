import { spawn } from "node:child_process";
import { openSync, closeSync } from "node:fs";
import { killTree, OWN_GROUP } from "../../scripts/processes.mjs";

const LAST = 60_000;

/**
 * Starts a program in a group of its own, which `stop`, or the end of this process, ends with all that it has started.
 *
 * @param {string} program npm and npx are scripts on Windows, which a shell must start: give them constants only
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, stdout?: string, heard?: (said: string) => void }} options `stdout` names a file for it; `heard` gets all
 *   that was said last, whenever there is more
 */
export function start(program, args, { cwd, env, stdout, heard = () => {} }) {
  const file = stdout === undefined ? undefined : openSync(stdout, "w");
  const shell = process.platform === "win32" && /^np[mx]$/.test(program);
  // Colours would hide words, and telemetry would want a network.
  const given = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1", ...env };
  const child = spawn(program, args, { cwd, shell, ...OWN_GROUP, env: given, stdio: ["ignore", file ?? "pipe", "pipe"] });
  if (file !== undefined) closeSync(file);

  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      said = `${said}${text}`.slice(-LAST);
      heard(said);
    });
  }
  const kill = () => killTree(child.pid);
  process.once("exit", kill);
  /** @type {Promise<string | undefined>} why it ended, if not well */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? undefined : `ended with ${code ?? signal}`));
  });
  return {
    said: () => said,
    ended,
    async stop() {
      process.off("exit", kill);
      kill();
      await ended;
    },
  };
}

/**
 * Runs a program to its end, and gives what it wrote.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, ms: number, env?: Record<string, string>, stdout?: string }} options
 * @throws Error, with the last lines, if it does not end well and in time
 */
export async function command(program, args, { ms, ...options }) {
  const running = start(program, args, options);
  let late = false;
  const timer = setTimeout(() => void ((late = true), running.stop()), ms);
  const trouble = await running.ended;
  clearTimeout(timer);
  await running.stop();
  if (trouble) throw new Error(`${program} ${args.join(" ")} ${late ? `did not end within ${ms / 1000} s` : trouble}:\n${running.said().trim().split("\n").slice(-15).join("\n")}`);
  return running.said();
}
