import { execFile } from "node:child_process";
import { copyFile, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test, vi } from "vitest";
import { docs, ground, scripts } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = promisify(execFile);
const isopod = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const folder = join(docs, "snippets/cli");
let cwd: string;
beforeAll(async () => {
  cwd = await ground("cli");
  await scripts("node", cwd); // a module of functions is among them
  await copyFile(join(folder, "cases.json"), join(cwd, "cases.json"));
});

/** `$ isopod …`: words between spaces, and what goes to stderr is not shown. */
function argumentsOf(line: string): string[] {
  const [, command = ""] = /^\$ isopod (.*?)(?: 2> log\.txt)?$/.exec(line) ?? [];
  return command.split(" ");
}

test.each((await readdir(folder)).filter((name) => name.endsWith(".txt")))("the command of %s prints what it says", async (name) => {
  const [command = ""] = (await readFile(join(folder, name), "utf8")).split("\n");
  const { stdout } = await run(process.execPath, [isopod, ...argumentsOf(command)], { cwd, env: { ...process.env, NO_COLOR: "1", COLUMNS: "80" } }).catch((error: { stdout: string }) => error);
  const lines = stdout.trimEnd().split("\n").map((line) => line.trimEnd());
  await expect(`${[command, ...lines].join("\n")}\n`).toMatchFileSnapshot(join(folder, name)); // `vitest -u` writes it anew
});
