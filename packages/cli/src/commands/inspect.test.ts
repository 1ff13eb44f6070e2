import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, expect, test, vi } from "vitest";
import type { Report } from "../index.ts";
import { report } from "../inspect/report.ts";
import { show } from "../inspect/show.ts";
import { guest, isopod } from "../isopod.fixture.ts";
import { screenOf } from "../terminal/screen.ts";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "isopod-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("as JSON, with the keys that are promised", async () => {
  const { code, stdout } = await isopod(["inspect", guest("plain-wat"), "--json"]);
  const report = JSON.parse(stdout) as Report;
  expect(code).toBe(0);
  expect(Object.keys(report)).toEqual("file size integrity form abi reason recognised error candidates operations imports exports memories start features sections needs wishes here runtimes".split(" "));
  expect(report).toMatchObject({ abi: "plain", error: null, form: "module", integrity: expect.stringMatching(/^sha256-/) as string });
});

test("- is standard input", async () => {
  const stdin = readFileSync(guest("plain-wat"));
  const [piped, read] = await Promise.all([isopod(["inspect", "-", "--json"], { stdin }), isopod(["inspect", guest("plain-wat"), "--json"])]);
  expect([piped.code, JSON.parse(piped.stdout)]).toEqual([0, { ...(JSON.parse(read.stdout) as Report), file: "standard input" }]);
  expect(await isopod(["inspect", "-"])).toMatchObject({ code: 1, stderr: expect.stringContaining("bad_module: this is no WebAssembly: it is empty") as string });
});

test.each([40, 80])("every guest has a report that fits a terminal of %i columns", async (columns) => {
  const names = readdirSync(dirname(guest("plain-c"))).filter((name) => name.endsWith(".wasm"));
  for (const name of names) {
    const found = await report(name, readFileSync(guest(name.replace(".wasm", ""))));
    const text = show(found, screenOf({ isTTY: true, columns }, { NO_COLOR: "1" }));
    // The digest must stay in one piece, to be copied.
    const long = text.split("\n").filter((line) => line.length > columns && !line.startsWith("sha256-"));
    expect([name, long]).toEqual([name, []]);
  }
});

test.each([
  ["hostile-no-abi", "abi_unknown"],
  ["component", "unsupported"],
  ["foreign-emscripten", "unsupported"],
])("%s is shown, and refused as %s", async (name, code) => {
  const ended = await isopod(["inspect", guest(name)]);
  expect([ended.code, ended.stdout.includes("Runs on nothing yet")]).toEqual([1, true]);
  expect(ended.stderr).toMatch(new RegExp(`^isopod: ${code}: .*\n$`));
});

test.each([0, 4, 8, 100])("a file cut off after %i bytes is a typed error, never a crash", async (length) => {
  const file = join(folder, `cut-${length}.wasm`);
  writeFileSync(file, readFileSync(guest("validator")).subarray(0, length));
  const { code, stderr } = await isopod(["inspect", file]);
  expect([code, /^isopod: (bad_module|abi_unknown): .*\n$/.test(stderr)]).toEqual([1, true]);
});

test("of two ABIs neither is taken, but it could run", async () => {
  const { code, stdout, stderr } = await isopod(["inspect", guest("hostile-two-abis")]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^isopod: abi_ambiguous: .*\n$/)]);
  expect(stdout).toMatch(/Runs on\n {2}Node 20 +yes/);
});

test("--abi asks for one", async () => {
  const { stdout } = await isopod(["inspect", guest("validator"), "--abi", "plain", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ abi: "plain" });
});
