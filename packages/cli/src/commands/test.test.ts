import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import type { TestReport } from "../index.ts";
import { FUNCTIONS, guest, isopod } from "../isopod.fixture.ts";
import { findChromium } from "../test/find.ts";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "isopod-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(cases: readonly object[]): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, JSON.stringify(cases));
  return path;
}

const PLAIN = [
  { op: "add", input: [2, 3], output: 5 },
  { op: "add64", input: ["9007199254740992", 1], output: "9007199254740993" },
  { op: "addf", input: [1, "-Infinity"], output: "-Infinity" },
  { op: "count", output: 1 },
  { op: "count", output: 2, continues: true },
  { op: "count" },
  { op: "trap", error: { code: "trap" } },
  { op: "nope", error: { code: "missing_export", message: "nope" } },
];
const NODE = ["--only", "node-inline,node-worker"];

test("cases hold in every runtime that is here; one that is not is told, and no failure", async () => {
  const { code, stdout, stderr } = await isopod(["test", guest("plain-c"), file(PLAIN), "--json"]);
  const report = JSON.parse(stdout) as TestReport;
  expect([code, stderr, report.failed]).toEqual([0, "", 0]);
  expect(report.runtimes.map(({ runtime }) => runtime)).toEqual(["node inline", "node worker", "workerd", "chromium"]);
  expect(report.runtimes.slice(0, 3).map(({ here }) => here)).toEqual([true, true, true]);
  for (const { here, reason } of report.runtimes) expect(here ? reason === null : /^not here: np[mx] /.test(reason!)).toBe(true);
  expect(report.passed).toBe(PLAIN.length * report.runtimes.filter(({ here }) => here).length);
});

test("host functions and grants reach every runtime", async () => {
  const cases = file([{ op: "host", input: "abc", output: "cba" }, { op: "clock" }]);
  const { stdout } = await isopod(["test", guest("packed-c"), cases, "--functions", FUNCTIONS, "--json"]);
  expect((JSON.parse(stdout) as TestReport).cases[0]!.results.filter(({ ok }) => !ok)).toEqual([]);
  const { code } = await isopod(["test", guest("packed-c"), file([{ op: "clock", output: "" }]), "--functions", FUNCTIONS, "--grant", "clock", ...NODE]);
  expect(code).toBe(1);
});

test("a case that fails ends with 1, and says what was expected", async () => {
  const { code, stdout, stderr } = await isopod(["test", guest("plain-c"), file([{ op: "add", input: [1, 1], output: 3, name: "sums" }]), ...NODE]);
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout).toMatch(/sums +✗ +✗\n[^]*✗ sums everywhere\n {2}expected +3\n {2}got +2\n\n2 failed, 0 passed: 1 case in 2 runtimes.\n$/);
});

test("a trap says which line, by what is in the file, or by the map beside it, where the runtime is given bytes", async () => {
  /** Runtimes that told it. */
  const told = async (plugin: string, op: string, input: string, message: string): Promise<string[]> => {
    const { stdout } = await isopod(["test", plugin, file([{ op, input, error: { code: "trap", message } }]), "--json"]);
    const { cases, runtimes } = JSON.parse(stdout) as TestReport;
    expect(cases[0]!.results.filter(({ ok }) => !ok).map(({ runtime }) => runtime)).toEqual(["workerd"]); // a module has no bytes left
    return runtimes.filter(({ here }) => here).map(({ runtime }) => runtime);
  };
  expect(await told(guest("lines-c"), "sum", "x", "digit (conformance/c/lines.c:10:5) ← sum (")).toEqual(expect.arrayContaining(["node inline", "node worker"]));
  const plugin = join(folder, "mean.wasm");
  copyFileSync(guest("lines-as"), plugin);
  writeFileSync(`${plugin}.map`, JSON.stringify({ version: 3, sources: ["beside.ts"], mappings: "AAgCO" }));
  await told(plugin, "mean", "", "lines/mean (beside.ts:33:8): divide by zero");
});

test("a plugin that hangs fails its case, not the run", async () => {
  const cases = file([{ op: "spin", error: { code: "aborted" } }, { op: "one", output: 1 }]);
  const { code, stdout } = await isopod(["test", spinning(), cases, "--timeout", "2s", ...NODE]);
  expect([code, stdout.includes("All 4 passed")]).toEqual([0, true]);
});

/** (func (export "spin") (loop br 0)) (func (export "one") (result i32) i32.const 1) */
function spinning(): string {
  const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 8, 2, 0x60, 0, 0, 0x60, 0, 1, 0x7f, 3, 3, 2, 0, 1, 7, 14, 2, 4, 0x73, 0x70, 0x69, 0x6e, 0, 0, 3, 0x6f, 0x6e, 0x65, 0, 1, 10, 14, 2, 7, 0, 3, 0x40, 0x0c, 0, 0x0b, 0x0b, 4, 0, 0x41, 1, 0x0b];
  const path = join(folder, "spin.wasm");
  writeFileSync(path, new Uint8Array(bytes));
  return path;
}

test("a file of cases that cannot be meant, and runtimes that there are not", async () => {
  expect(await isopod(["test", guest("plain-c"), "nowhere.json"])).toMatchObject({ code: 2, stderr: "isopod: usage: nowhere.json could not be read: there is no such file\n" });
  expect(await isopod(["test", guest("plain-c"), file([{ op: 5 }])])).toMatchObject({ code: 2, stderr: expect.stringContaining("case 1: op must be a string") as string });
  expect(await isopod(["test", guest("plain-c"), file(PLAIN), "--only", "deno"])).toMatchObject({ code: 2, stderr: expect.stringContaining('not "deno"') as string });
});

test("a runtime that was asked for and is not here is a failure, in words", async () => {
  const { code, stdout } = await isopod(["test", guest("plain-c"), file([{ op: "count" }]), "--only", "node-inline,chromium"], { env: { CHROMIUM_PATH: "/nowhere" } });
  expect([code, stdout]).toEqual([1, expect.stringContaining("– chromium   not here: npx playwright-core install chromium")]);
});

test("Chromium: what is named, or nothing; else Playwright's; else what is there", () => {
  expect(findChromium("", { CHROMIUM_PATH: "/nowhere" }, "linux")).toBeUndefined();
  expect(findChromium(process.execPath, {}, "linux")).toBe(process.execPath);
  expect(findChromium("", {}, "aix")).toBeUndefined();
});

test("Ctrl-C ends it, and what it started", async () => {
  const cases = file([{ op: "spin" }]);
  const ended = await isopod(["test", spinning(), cases, ...NODE], { started: (child) => void setTimeout(() => child.kill("SIGINT"), 3000) });
  expect(ended.code).toBe(130);
});

/** Whether a process runs. One that has ended may keep its number until somebody asks for its end. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Windows has no such signals. */
const SIGNALS: [NodeJS.Signals, number][] = process.platform === "win32" ? [] : [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]];

test.each(SIGNALS)("%s leaves no process behind that a plugin holds up", async (signal, code) => {
  const told = join(folder, `${signal}.pid`);
  const functions = join(folder, `${signal}.mjs`);
  writeFileSync(functions, `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(told)}, String(process.pid));\nexport const functions = {};\n`);
  const args = ["test", spinning(), file([{ op: "spin" }]), "--functions", functions, "--timeout", "50s", "--only", "node-inline"];
  let pid = 0;
  const ended = await isopod(args, {
    started: (child) =>
      void vi.waitUntil(() => existsSync(told), { timeout: 20_000 }).then(() => {
        pid = Number(readFileSync(told, "utf8"));
        setTimeout(() => child.kill(signal), 1000);
      }),
  });
  try {
    expect(ended.code).toBe(code);
    await expect.poll(() => runs(pid), { timeout: 5000 }).toBe(false);
  } finally {
    if (pid !== 0 && runs(pid)) process.kill(pid, "SIGKILL");
  }
});
