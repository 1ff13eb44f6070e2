import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { guest } from "../isopod.fixture.ts";
import { isBroken, type Row, type Wild } from "./row.ts";
import { endless, tables, wildCommand } from "./wild.fixture.ts";

// Each waits for real deadlines.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "wild-survival-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** An engine with so little heap that a small module uses it up, so that nothing is taken from others on this machine. */
const LITTLE = { NODE_OPTIONS: "--max-old-space-size=32" };

let code: number | null;
let stderr: string;
let found: Wild;
let ms: number;
const row = (file: string): Row | undefined => found.rows.find((item) => item.file === file);

beforeAll(async () => {
  const all = join(folder, "all");
  mkdirSync(all);
  writeFileSync(join(all, "a-dies.wasm"), tables(1, 10_000_000));
  writeFileSync(join(all, "b-worker-dies.wasm"), tables(10, 1_000_000));
  writeFileSync(join(all, "c-starts-without-end.wasm"), endless({ start: true }));
  writeFileSync(join(all, "d-runs-without-end.wasm"), endless({ start: false }));
  copyFileSync(guest("plain-wat"), join(all, "e-good.wasm"));
  const from = Date.now();
  const ended = await wildCommand([all, "--json"], LITTLE);
  ms = Date.now() - from;
  ({ code, stderr } = ended);
  found = JSON.parse(ended.stdout) as Wild;
});

test("a module that ends its process is a row that crashed, and names the engine's reason", () => {
  expect(row("a-dies.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null, error: "crashed" });
  expect(row("a-dies.wasm")?.reason).toMatch(/^the process ended \(\w+\) FATAL ERROR: .*out of memory$/);
});

test("a module that ends its worker is a row, too, and no crash", () => {
  expect(["worker_lost", "crashed"]).toContain(row("b-worker-dies.wasm")?.error);
  expect(row("b-worker-dies.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null });
});

test("a loop without end costs its time, wherever it is", () => {
  expect(row("c-starts-without-end.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null, error: "aborted" });
  expect(row("d-runs-without-end.wasm")).toMatchObject({ abi: "plain", loads: true, calls: false, error: "aborted", reason: expect.stringMatching(/; f: /) as string });
});

test("the others are tried all the same, in bounded time, and the exit code tells", () => {
  expect(row("e-good.wasm")).toMatchObject({ abi: "plain", loads: true, calls: true });
  expect([code, stderr, found.rows.filter(isBroken).length >= 1]).toEqual([1, "", true]);
  expect(found).toMatchObject({ total: 5, loaded: 2, called: 1, refused: 3 });
  expect(ms).toBeLessThan(25_000);
});

test.each([{ start: true }, { start: false }])("a file that outlasts all patience hung, and what it is remains known: $start", async (where) => {
  const one = join(folder, `one-${where.start}`);
  mkdirSync(one);
  writeFileSync(join(one, "endless.wasm"), endless(where));
  const { code, stdout } = await wildCommand([one, "--timeout", "1900ms", "--json"]);
  const { rows } = JSON.parse(stdout) as Wild;
  expect([code, rows]).toEqual([1, [{ file: "endless.wasm", size: endless(where).length, abi: "plain", reason: "no answer within 1.9 s", loads: false, calls: null, error: "hung" }]]);
});
