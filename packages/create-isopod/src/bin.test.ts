import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "create-isopod-bin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as it was built, without a terminal. */
function command(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

test.each([
  [["a", "--language", "cobol", "--yes"], '--language must be one of assemblyscript, c, rust, wat, not "cobol"'],
  [["a", "--host", "moon", "--yes"], '--host must be one of browser, edge, node, all, not "moon"'],
  [["a", "b", "--yes"], "one folder, not 2: a, b"],
  [["a", "--colour"], "create-isopod: Unknown option '--colour'\n"],
  [["a"], "--language, --host must be given, or --yes, where there is no terminal to ask on"],
  [[], "DIR, --language, --host must be given"],
])("%j is a usage error, and writes nothing", (args, message) => {
  const { status, stdout, stderr } = command(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain("\nusage: npm create isopod DIR -- --language");
  expect({ status, stdout, written: readdirSync(folder) }).toEqual({ status: 2, stdout: "", written: [] });
});

test("it says what to do next, and refuses to do it twice", () => {
  expect(command("my plugin", "--yes", "--host", "edge")).toEqual({ status: 0, stdout: '\n  cd "my plugin" && npm install && npm start\n\n', stderr: "" });
  expect(readdirSync(join(folder, "my plugin"))).toContain("edge");
  const again = command("my plugin", "--yes");
  expect(again.status).toBe(2);
  expect(again.stderr).toContain("my plugin must be a new or an empty folder");
  expect(readdirSync(folder)).toEqual(["my plugin"]);
});

test("what comes next can be pasted, whatever the folder is called", () => {
  expect(command("R&D", "--yes").stdout).toBe('\n  cd "R&D" && npm install && npm start\n\n');
  const [shown] = /cd .*"/.exec(command("it's $HOME (`1`)", "--yes").stdout) ?? [""];
  if (process.platform !== "win32") expect(spawnSync("sh", ["-c", `${shown} && pwd`], { cwd: folder, encoding: "utf8" }).stdout.endsWith("/it's $HOME (`1`)\n")).toBe(true);
});
