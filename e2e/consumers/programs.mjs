// Programs, as a person would start them in a terminal.
import { spawn } from "node:child_process";
import { killTree, OWN_GROUP } from "../../scripts/processes.mjs";

const LAST = 60_000;

/**
 * Starts a program in a group of its own, which ends with this process.
 *
 * @param {string} program npm and npx are scripts on Windows, which a shell must start: give them constants only
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, heard?: (said: string) => void }} options `heard` gets all that was said, whenever there is more
 */
export function program(program, args, { cwd, env, heard = () => {} }) {
  const shell = process.platform === "win32" && /^np[mx]$/.test(program);
  const child = spawn(program, args, { cwd, shell, ...OWN_GROUP, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said = `${said}${text}`.slice(-LAST);
      heard(said);
    });
  }
  const stop = () => killTree(child.pid);
  process.once("exit", stop);
  /** @type {Promise<number | string>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal ?? "nothing"));
  }).finally(() => process.off("exit", stop));
  return { ended, stop, said: () => said };
}

/**
 * Runs a program to its end, and gives what it said.
 *
 * @param {string} name
 * @param {readonly string[]} args
 * @param {{ cwd: string, ms: number, env?: Record<string, string | undefined> }} options
 * @throws Error, with what was said last, if it does not end well and in time
 */
export async function runToEnd(name, args, { ms, ...options }) {
  const running = program(name, args, options);
  const timer = setTimeout(running.stop, ms);
  const code = await running.ended;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${code}:\n${running.said().trim().split("\n").slice(-15).join("\n")}`);
  return running.said();
}
