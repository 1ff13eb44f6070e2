import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guest } from "../isopod.fixture.ts";
import { isBroken, type Row, type Wild } from "./row.ts";
import { endless, wildCommand } from "./wild.fixture.ts";

// A process for each file, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "wild-"));
const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
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
  writeFileSync(join(folder, "endless.wasm"), endless({ start: true }));
  const ended = await wildCommand([folder, "--step", "8s", "--json"]);
  code = ended.code;
  found = JSON.parse(ended.stdout) as Wild;
});

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

test.each([[], ["a", "b"], ["--what"], [".", "--timeout", "soon"], [".", "--step", "soon"], [join(folder, "text.wasm")]])("a wrong command line: %j", async (...args: string[]) => {
  expect(await wildCommand([...args])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/^isopod: usage: .*\n$/) as unknown });
});
