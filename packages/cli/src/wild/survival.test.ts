import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { guest } from "../isopod.fixture.ts";
import { isBroken, type Row, type Wild } from "./row.ts";
import { endless, tables, wildCommand } from "./wild.fixture.ts";

// Each waits for real deadlines, on machines that have other things to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "wild-survival-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `wild` over such files: its table as JSON, its exit code, and how long it took. */
async function wildOver(name: string, files: Record<string, Uint8Array>, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const dir = join(folder, name);
  mkdirSync(dir);
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(dir, file), bytes);
  const from = Date.now();
  const { code, stdout, stderr } = await wildCommand([dir, "--json", ...args], env);
  const found = JSON.parse(stdout) as Wild;
  const row = (file: string): Row | undefined => found.rows.find((item) => item.file === file);
  return { code, stderr, found, row, ms: Date.now() - from };
}

const good = readFileSync(guest("plain-wat"));

describe("a module that uses up the engine's heap", () => {
  // So little of it that nothing is taken from others on this machine.
  const little = { NODE_OPTIONS: "--max-old-space-size=32" };
  const files = { "a-dies.wasm": tables(1, 10_000_000), "b-worker-dies.wasm": tables(10, 1_000_000), "c-good.wasm": good };
  let ran: Awaited<ReturnType<typeof wildOver>>;
  beforeAll(async () => void (ran = await wildOver("heap", files, ["--step", "40s", "--timeout", "100s"], little)));

  test("ends its process: a row that crashed, which names the ABI and the engine's reason", () => {
    expect(ran.row("a-dies.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null, error: "crashed" });
    expect(ran.row("a-dies.wasm")?.reason).toMatch(/^the process ended \(\w+\) FATAL ERROR: .*out of memory$/);
  });

  test("ends its worker, or at worst its process: a row all the same", () => {
    expect(["worker_lost", "crashed"]).toContain(ran.row("b-worker-dies.wasm")?.error);
    expect(ran.row("b-worker-dies.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null });
  });

  test("costs the others nothing, and the exit code tells", () => {
    expect(ran.row("c-good.wasm")).toMatchObject({ abi: "plain", loads: true, calls: true });
    expect(ran.found).toMatchObject({ total: 3, loaded: 1, called: 1, refused: 2 });
    expect([ran.code, ran.stderr]).toEqual([1, ""]);
  });
});

const endlessFiles = { "at-start.wasm": endless({ start: true }), "in-a-call.wasm": endless({ start: false }) };

test("a loop without end costs a step, wherever it is, and is no failure of ours", async () => {
  const { code, row, found, ms } = await wildOver("loops", endlessFiles, ["--step", "6s"]);
  expect(row("at-start.wasm")).toMatchObject({ abi: "plain", loads: false, calls: null, error: "aborted" });
  expect(row("in-a-call.wasm")).toMatchObject({ abi: "plain", loads: true, calls: false, error: "aborted", reason: expect.stringMatching(/; f: /) as string });
  expect([code, found.rows.some(isBroken)]).toEqual([0, false]);
  expect(ms).toBeLessThan(2 * 45_000); // what two files may take at most
});

test("a file that outlasts all patience hung, and what it is remains known", async () => {
  const { code, found } = await wildOver("hung", endlessFiles, ["--step", "60s", "--timeout", "10s"]);
  const hung = { abi: "plain", reason: "no answer within 10 s", loads: false, calls: null, error: "hung" };
  expect([code, found.rows]).toEqual([1, Object.entries(endlessFiles).map(([file, { length }]) => ({ file, size: length, ...hung }))]);
});
