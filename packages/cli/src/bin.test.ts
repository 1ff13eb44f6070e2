import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { BIN, FUNCTIONS, guest, isopod } from "./isopod.fixture.ts";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

const COMMANDS = ["inspect", "call", "bench", "test"];

test.each([[], ...COMMANDS.map((name) => [name])])("--help of isopod %s fits 80 columns and is a success", async (...command) => {
  const { code, stdout, stderr } = await isopod([...command, "--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: isopod/);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test.each([[], ...COMMANDS.map((name) => [name])])("isopod help %s says what --help says", async (...command) => {
  const [asked, told] = await Promise.all([isopod(["help", ...command]), isopod([...command, "--help"])]);
  expect([asked.code, asked.stderr, asked.stdout]).toEqual([0, "", told.stdout]);
});

test("arguments are called in help what the documents call them", async () => {
  const { stdout } = await isopod(["call", "--help"]);
  expect(stdout).toMatch(/^Usage: isopod call \[options\] FILE OP \[INPUT…\]\n[^]*\n {2}FILE +a path, or/);
});

test("--version", async () => {
  expect(await isopod(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: "" });
});

test.each([
  [["inspct", "x"], "Did you mean inspect"],
  [["run", "--help"], "unknown command 'run' (isopod --help)"],
  [["-h", "run"], "unknown command 'run' (isopod --help)"],
  [["help", "run"], "unknown command 'run' (isopod --help)"],
  [["inspect"], "missing required argument 'file'"],
  [["inspect", "x", "y"], "too many arguments for 'inspect'. Expected 1 argument but got 2. (isopod inspect --help)"],
  [["call", "x"], "missing required argument 'op'"],
  [["call", "x", "y", "--nope"], "unknown option '--nope'"],
  [["call", "x", "y", "--timeout", "soon"], "such as 500ms, 5s or 2m"],
  [["call", "x", "y", "--as", "xml"], "argument 'xml' is invalid. Allowed choices are text, json, bytes, value."],
  [["bench", "x", "call", "--nope"], "(isopod bench --help)"],
  [["call", "x", "y", "--config", "novalue"], "key=value"],
  [["call", "x", "y", "--grant", "all"], "http=HOST"],
  [["call", "x", "y", "--abi", "cobol"], "extism, wapc, packed, plain"],
  [["bench", "x", "y", "--seconds", "0"], "above 0 and at most 600"],
  [["test", "x"], "missing required argument 'cases'"],
])("a command line that cannot be meant ends with 2 and one line: %j", async (args, words) => {
  const { code, stdout, stderr } = await isopod(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^isopod: usage: .*\n$/);
  expect(stderr).toContain(words);
});

test("without a command there is help, but it is no success", async () => {
  const { code, stdout, stderr } = await isopod([]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Usage: isopod");
});

test("a file that is not there is one line, and a stack only if it is asked for", async () => {
  const short = await isopod(["inspect", "nowhere.wasm"]);
  expect([short.code, short.stdout, short.stderr]).toEqual([1, "", "isopod: bad_source: nowhere.wasm could not be read: there is no such file\n"]);
  const long = await isopod(["inspect", "nowhere.wasm", "--verbose"]);
  expect(long.stderr).toMatch(/^isopod: bad_source: .*\nIsopodError: [^]*\n {4}at [^]*caused by: Error: ENOENT/);
});

test("a reader that goes away ends it without a word", async () => {
  const stdin = Buffer.alloc(8 * 1024 * 1024, "x");
  const ended = await isopod(["call", guest("packed-c"), "echo", "--functions", FUNCTIONS], { stdin, started: ({ stdout }) => void stdout?.destroy() });
  expect([ended.code, ended.stderr]).toEqual([141, ""]);
});

test.runIf(existsSync("/dev/full"))("a disk that is full is one line", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [BIN, "call", guest("plain-c"), "add", "2", "3"], { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
  closeSync(full);
  expect([status, stderr]).toEqual([1, "isopod: output: ENOSPC: no space left on device, write\n"]);
});

test.each([
  [{}, false],
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  [{ FORCE_COLOR: "0" }, false],
  [{ NO_COLOR: "1" }, false],
])("colour in a pipe with %j: %s", async (env, coloured) => {
  const { stdout } = await isopod(["inspect", guest("plain-wat")], { env });
  expect(stdout.includes("\x1b[")).toBe(coloured);
});
