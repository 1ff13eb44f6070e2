// Every command of the repository, as somebody calls it who does not know it yet.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {readonly string[]} args */
function command(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", timeout: 30_000 });
  return { status, stdout, stderr };
}

const COMMANDS = [
  "scripts/ready.mjs", "scripts/start.mjs", "scripts/test.mjs", "scripts/check.mjs", "scripts/docs.mjs", "scripts/example.mjs", "scripts/wild.mjs", "bench/run.mjs", "bench/deadline.mjs", "bench/swap.mjs",
  "bench/repeat-visit.mjs", "e2e/matrix.mjs", "e2e/attacks.mjs", "e2e/fuzz.mjs", "e2e/chaos.mjs", "e2e/consumers/run.mjs", "e2e/consumers/first-answer.mjs", "e2e/consumers/wrangler.mjs", "guests/build.mjs",
];

test.each(COMMANDS)("%s says what it does, and does nothing of it", (script) => {
  expect(command([script, "--help"])).toEqual({ status: 0, stdout: expect.stringMatching(/^(?:npm|node) .*\n/), stderr: "" });
});

test.each(COMMANDS)("%s refuses an option that is none, in one line", (script) => {
  expect(command([script, "--no-such-option"])).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(/^.*--no-such-option.*\n$/) });
});

test.each([
  [["e2e/matrix.mjs", "--json", "--only", "node19"], "node19; there are node20, node22, node24, "],
  [["e2e/attacks.mjs", "--only"], "--only"],
  [["e2e/fuzz.mjs", "--minutes", "some"], '--minutes must be a number above 0, not "some"'],
  [["e2e/fuzz.mjs", "--only", "bun"], "--only takes node, chromium, workerd, not bun"],
  [["e2e/chaos.mjs", "--iterations", "-1"], "--iterations"],
  [["e2e/chaos.mjs", "--seed", "x"], '--seed must be a whole number from 0, not "x"'],
  [["e2e/chaos.mjs", "--only", "workerd"], "--only takes node, chromium, not workerd"],
  [["bench/run.mjs", "--lang", "cobol"], "--lang takes c, as, wat, not cobol"],
  [["bench/swap.mjs", "--swaps", "few"], "--swaps"],
  [["e2e/consumers/run.mjs", "--only", "angular"], "angular"],
  [["guests/build.mjs", "packed-cobol"], "packed-cobol"],
  [["scripts/start.mjs", "--port", "x"], "--port"],
  [["scripts/example.mjs", "nothing"], "nothing"],
])("%j cannot be meant", (args, words) => {
  const { status, stdout, stderr } = command(args);
  expect([status, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr).toContain(words);
});

test.each(["18.20.8", "20.9.0", "20.18.3"])("Node %s is refused in one line, and nothing is done with it", (node) => {
  const older = `data:text/javascript,Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${node}" } });`;
  const refusal = expect.stringMatching(/^This repository needs Node 20\.19 or newer, .*\n$/);
  for (const args of [["scripts/start.mjs", "--once"], ["scripts/ready.mjs"]]) expect(command(["--import", older, ...args])).toEqual({ status: 1, stdout: "", stderr: refusal });
});

test("a reader that goes away ends it without a word", async () => {
  const own = `node${Number.parseInt(process.versions.node, 10)}`; // which is there on every machine
  const child = spawn(process.execPath, ["e2e/matrix.mjs", "--only", own, "--case", "load:"], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await once(child, "close")).toEqual([141, null]);
  expect(stderr).toBe("");
});
