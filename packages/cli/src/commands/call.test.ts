import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digest } from "@isopod/core";
import { describe, expect, test, vi } from "vitest";
import { FUNCTIONS, guest, isopod } from "../isopod.fixture.ts";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

const packed = (op: string, ...rest: string[]): string[] => ["call", guest("packed-c"), op, "--functions", FUNCTIONS, ...rest];

describe("plain", () => {
  test.each([
    [["add", "2", "3"], "5"],
    [["add", "-2", "3"], "1"],
    [["addf", "0.5", "Infinity"], "Infinity"],
    [["add64", "9007199254740993", "1"], "9007199254740994"],
    [["add64", "0x10", "-1"], "15"],
  ])("%j gives %s, and no line's end in a pipe", async ([op = "", ...numbers], sum) => {
    expect(await isopod(["call", guest("plain-c"), op, ...numbers], { stdin: null })).toMatchObject({ code: 0, stdout: sum, stderr: "" });
  });

  test("numbers from standard input", async () => {
    expect(await isopod(["call", guest("plain-c"), "add"], { stdin: "2 3\n" })).toMatchObject({ code: 0, stdout: "5" });
  });

  test("what takes no number does not wait for any", async () => {
    expect(await isopod(["call", guest("plain-c"), "count"], { stdin: null })).toMatchObject({ code: 0, stdout: "1" });
  });

  test("what is no number is a usage error, too few are the plugin's to refuse", async () => {
    expect(await isopod(["call", guest("plain-c"), "add", "two", "3"])).toMatchObject({ code: 2, stderr: 'isopod: usage: parameter 1 must be a number, not "two"\n' });
    expect(await isopod(["call", guest("plain-c"), "add", "2"])).toMatchObject({ code: 1, stderr: expect.stringContaining("isopod: bad_input: ") as string });
  });
});

describe("bytes", () => {
  test("come out as they went in, from standard input", async () => {
    const stdin = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
    const { code, bytes } = await isopod(packed("echo"), { stdin });
    expect([code, bytes.equals(stdin)]).toEqual([0, true]);
  });

  test("- is standard input, an argument is preferred to it", async () => {
    expect(await isopod(packed("echo", "-"), { stdin: "in" })).toMatchObject({ stdout: "in" });
    expect(await isopod(packed("echo", "arg"), { stdin: "in" })).toMatchObject({ stdout: "arg" });
  });

  test("one input, not several", async () => {
    expect(await isopod(packed("echo", "a", "b"))).toMatchObject({ code: 2, stdout: "" });
  });

  test("--as text and json must be that", async () => {
    expect(await isopod(packed("badutf8", "x", "--as", "text"))).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^isopod: invalid_utf8: /) as string });
    expect(await isopod(packed("echo", "{", "--as", "json"))).toMatchObject({ code: 1, stderr: expect.stringMatching(/^isopod: invalid_json: /) as string });
    expect(await isopod(packed("echo", '{ "a": 1 }', "--as", "json"))).toMatchObject({ code: 0, stdout: '{"a":1}' });
  });
});

test("config reaches the plugin, its log stderr", async () => {
  expect(await isopod(["call", guest("extism-c"), "config", "key", "--config", "key=a=b", "--functions", FUNCTIONS])).toMatchObject({ code: 0, stdout: "a=b" });
  expect(await isopod(packed("log", "hel\x1b[31mlo"))).toMatchObject({ code: 0, stderr: "info: hel\\u001b[31mlo\n" });
});

test("integrity", async () => {
  const right = await digest(readFileSync(guest("plain-c")));
  const wrong = await digest(new Uint8Array());
  const add = (integrity: string): string[] => ["call", guest("plain-c"), "add", "1", "1", "--integrity", integrity];
  expect(await isopod(add(right))).toMatchObject({ code: 0, stdout: "2" });
  expect(await isopod(add(wrong))).toMatchObject({ code: 1, stderr: expect.stringMatching(/^isopod: integrity: /) as string });
  expect(await isopod(add("md5-x"))).toMatchObject({ code: 2, stderr: expect.stringMatching(/^isopod: invalid_option: /) as string });
});

test.each(["inline", "worker"])("an error of the plugin ends with 1, %s", async (isolation) => {
  expect(await isopod(packed("trap", "x", "--isolation", isolation))).toMatchObject({ code: 1, stdout: "", stderr: "isopod: trap: the plugin broke off in function 27: unreachable\n" });
});

test("a trap says which line, by what is in the file, or by the map beside it", async () => {
  const where = (frames: string, words: string): object => ({ code: 1, stderr: `isopod: trap: the plugin broke off in ${frames}: ${words}\n` });
  expect(await isopod(["call", guest("lines-c"), "sum", "x"])).toMatchObject(where("digit (conformance/c/lines.c:10:5) ← sum (conformance/c/lines.c:17:14) ← packed_sum (conformance/c/lines.c:22:28)", "unreachable"));
  const folder = await mkdtemp(join(tmpdir(), "isopod-lines-"));
  try {
    const file = join(folder, "mean.wasm");
    await copyFile(guest("lines-as"), file);
    await writeFile(`${file}.map`, JSON.stringify({ version: 3, sources: ["beside.ts"], mappings: "AAgCO" }));
    expect(await isopod(["call", file, "mean", ""])).toMatchObject(where("lines/mean (beside.ts:33:8)", "divide by zero"));
    for (const none of ["a map of the linker's", "{}"]) {
      await writeFile(`${file}.map`, none);
      expect(await isopod(["call", file, "mean", ""])).toMatchObject(where("lines/mean (lines.ts:34:33)", "divide by zero"));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("limits that an application will name can be tried; which there are is for load to say", async () => {
  expect(await isopod(packed("spin", "x", "--limit", "fuel=1000000"))).toMatchObject({ code: 1, stderr: expect.stringMatching(/^isopod: limit: limits\.fuel is 1000000, and the plugin came to \d+\n$/) as string });
  expect(await isopod(packed("echo", "hello", "--limit", "input=4", "--limit", "memory=16MiB"))).toMatchObject({ code: 1, stderr: "isopod: limit: limits.input is 4 bytes, and the plugin came to 5\n" });
  expect(await isopod(packed("echo", "hello", "--limit", "input=5", "--limit", "fuel=unlimited"))).toMatchObject({ code: 0, stdout: "hello" });
  expect(await isopod(packed("echo", "hello", "--limit", "mem=5"))).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no limits.mem, only memory") as string });
  expect(await isopod(packed("echo", "hello", "--limit", "memory"))).toMatchObject({ code: 2, stderr: expect.stringContaining("It must be such as fuel=1000000 or memory=16MiB.") as string });
});

test.each(["inline", "worker"])("a plugin that hangs ends with the timeout, %s", async (isolation) => {
  expect(await isopod(packed("spin", "x", "--isolation", isolation, "--timeout", "300ms"))).toMatchObject({ code: 1, stderr: "isopod: aborted: no answer within 300 ms\n" });
});

test.each(["inline", "worker"])("Ctrl-C ends a plugin that hangs, %s", async (isolation) => {
  const ended = await isopod(packed("spin", "x", "--isolation", isolation), { started: (child) => void setTimeout(() => child.kill("SIGINT"), 1500) });
  // A shell calls the end by a signal 130, too.
  expect([ended.code ?? ended.signal, ended.stderr]).toEqual([isolation === "worker" ? 130 : "SIGINT", ""]);
});
