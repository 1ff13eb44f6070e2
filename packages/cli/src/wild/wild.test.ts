import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guest } from "../isopod.fixture.ts";
import { isBroken, type Row, type Wild } from "./row.ts";

const SCRIPT = fileURLToPath(new URL("../../../../scripts/wild.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "wild-"));
const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
// (func $loop (loop (br 0))) (start $loop) (func (export "f"))
const ENDLESS = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 3, 2, 0, 0, 7, 5, 1, 1, 0x66, 0, 1, 8, 1, 0, 10, 12, 2, 7, 0, 3, 0x40, 0x0c, 0, 0x0b, 0x0b, 2, 0, 0x0b];

function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

let found: Wild;
let code: number | null;
const row = (file: string): Row | undefined => found.rows.find((item) => item.file === file);

beforeAll(async () => {
  mkdirSync(join(folder, "deep"));
  for (const name of ["plain-wat", "arena-wat", "wapc-wat", "component", "foreign-go-js", "hostile-start-trap", "hostile-missing-imports"]) copyFileSync(guest(name), join(folder, `${name}.wasm`));
  copyFileSync(guest("validator"), join(folder, "deep", "validator.wasm"));
  copyFileSync(guest("plain-wat"), join(elsewhere, "outside.wasm"));
  symlinkSync(elsewhere, join(folder, "link"));
  symlinkSync(join(elsewhere, "outside.wasm"), join(folder, "link.wasm"));
  writeFileSync(join(folder, "truncated.wasm"), readFileSync(guest("validator")).subarray(0, 1000));
  writeFileSync(join(folder, "text.wasm"), "this is no module");
  writeFileSync(join(folder, "empty.wasm"), "");
  writeFileSync(join(folder, "endless.wasm"), new Uint8Array(ENDLESS));
  const ended = await run(folder, "--json");
  code = ended.code;
  found = JSON.parse(ended.stdout) as Wild;
}, 30_000);

afterAll(() => {
  for (const path of [folder, elsewhere]) rmSync(path, { recursive: true });
});

test("every file is a row, and nothing outside of the folder is", () => {
  expect(found.rows.map(({ file }) => file)).toEqual([
    "arena-wat.wasm", "component.wasm", join("deep", "validator.wasm"), "empty.wasm", "endless.wasm", "foreign-go-js.wasm", "hostile-missing-imports.wasm",
    "hostile-start-trap.wasm", "plain-wat.wasm", "text.wasm", "truncated.wasm", "wapc-wat.wasm",
  ]);
  expect(found.total).toBe(found.loaded + found.refused);
  expect(found.total).toBe(12);
});

test("plugins load, and answer a call that fits any", () => {
  for (const abi of ["plain", "wapc"]) expect(row(`${abi}-wat.wasm`)).toMatchObject({ abi, loads: true, calls: true });
  expect(row("arena-wat.wasm")).toMatchObject({ abi: "packed", loads: true, calls: true, error: null });
  expect(row(join("deep", "validator.wasm"))).toMatchObject({ abi: "extism", loads: true, calls: true });
});

test("what does not load says why", () => {
  expect(row("component.wasm")).toMatchObject({ abi: "component", loads: false, calls: null, error: "unsupported", reason: expect.stringContaining("component") as unknown });
  expect(row("foreign-go-js.wasm")).toMatchObject({ abi: "Go's js/wasm port", error: "unsupported", reason: expect.stringContaining("Go") as unknown });
  expect(row("hostile-missing-imports.wasm")).toMatchObject({ loads: false, error: "missing_import" });
  expect(row("hostile-start-trap.wasm")).toMatchObject({ loads: false, error: "trap" });
  for (const name of ["truncated", "text", "empty"]) expect(row(`${name}.wasm`)).toMatchObject({ abi: null, loads: false, error: "bad_module" });
});

test("a start function without end costs its time, and no more", () => {
  expect(row("endless.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null, error: "aborted" });
  expect([code, found.rows.some(isBroken)]).toEqual([0, false]);
});

test("a file that outlasts all patience is one row, and ends with 1", async () => {
  writeFileSync(join(elsewhere, "endless.wasm"), new Uint8Array(ENDLESS));
  const { code, stdout } = await run(elsewhere, "--timeout", "1900ms");
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^endless\.wasm .* hung .*\noutside\.wasm .* plain +yes +yes .*\n\n2 files: 1 loaded, 1 called, 1 refused\n$/ms)]);
});

test.each([[], ["a", "b"], ["--what"], [".", "--timeout", "soon"], [join(folder, "text.wasm")]])("a wrong command line: %j", async (...args: string[]) => {
  expect(await run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^isopod: usage: .*\n$/) as unknown });
});
