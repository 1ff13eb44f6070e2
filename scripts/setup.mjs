// Installs what a command needs, with npm alone: pnpm comes by npx, pinned. Plain JavaScript, for there is nothing else yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { killTree, OWN_GROUP } from "./processes.mjs";
import { step } from "./progress.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const PNPM = "pnpm@12.21.0";
const STAMP = `${root}/node_modules/.isopod-installed.json`;
const INSTALL_MS = 15 * 60_000;
const BUILD_MS = 5 * 60_000;
const LAST_LINES = 30;

/**
 * Installs some packages of the workspace with all that they depend on, or the whole of it. Does nothing when they were
 * installed from the lockfile as it is.
 *
 * @param {readonly string[]} [packages] names; none is all
 * @throws a sentence, in a Node that the project does not run on as well
 */
export async function install(packages = []) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // What bundles and checks here wants this much: the oldest of its line that all of it is made for.
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`This repository needs Node 20.19 or newer, though what it makes runs on all of Node 20; this is ${process.versions.node}.`);
  const lock = createHash("sha256").update(readFileSync(`${root}/pnpm-lock.yaml`)).digest("hex");
  const wanted = packages.length > 0 ? packages : ["*"];
  const before = installed();
  const kept = before.lock === lock ? before.packages : [];
  if (kept.includes("*") || wanted.every((name) => kept.includes(name))) return;

  const filters = packages.flatMap((name) => ["--filter", `${name}...`]);
  await run("Installing", "npx", ["--yes", PNPM, "install", "--frozen-lockfile", "--reporter=append-only", ...filters], INSTALL_MS);
  writeFileSync(STAMP, JSON.stringify({ lock, packages: [...new Set([...kept, ...wanted])] }));
}

/** Builds packages by the names of their folders, and what they need, or all. What is up to date costs a second. */
export async function build(names = []) {
  await run("Building the packages", process.execPath, [`${root}/scripts/build.mjs`, ...names], BUILD_MS);
}

/** @returns {{ lock: string, packages: string[] }} */
function installed() {
  try {
    return JSON.parse(readFileSync(STAMP, "utf8"));
  } catch {
    return { lock: "", packages: [] };
  }
}

/**
 * Runs a command, its last line of output as progress, all of it only if it fails.
 *
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args constants of ours: on Windows they pass through a shell, which npx.cmd needs
 * @param {number} ms longest that it may take
 */
async function run(title, command, args, ms) {
  const shell = process.platform === "win32" && command === "npx";
  const child = spawn(command, args, {
    cwd: root,
    shell,
    ...OWN_GROUP,
    stdio: ["ignore", "pipe", "pipe"],
    // pnpm asks questions of whoever is not a CI, and there may be nobody to answer.
    env: { ...process.env, CI: "true" },
  });
  const shown = step(title);
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      lines.push(...text.split(/\r?\n/).filter((line) => line.trim() !== ""));
      lines.splice(0, lines.length - LAST_LINES);
      shown.note(lines.at(-1)?.trim() ?? "");
    });
  }
  const kill = () => killTree(child.pid);
  process.once("exit", kill);
  const timer = setTimeout(kill, ms);
  const status = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  clearTimeout(timer);
  process.off("exit", kill);
  if (status === 0) return shown.end(`${title}: done`);
  shown.end();
  throw new Error(`${title} did not succeed (${status}):\n${lines.join("\n")}`);
}
