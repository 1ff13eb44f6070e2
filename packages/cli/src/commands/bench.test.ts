import { expect, test, vi } from "vitest";
import { guest, isopod } from "../isopod.fixture.ts";

// Each starts processes, on machines that have other things to do.
vi.setConfig({ testTimeout: 60_000 });

test("both isolations, as JSON", async () => {
  const { code, stdout, stderr } = await isopod(["bench", guest("validator"), "validate", "{}", "--seconds", "0.2", "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  const row = { coldMs: expect.any(Number) as number, p50us: expect.any(Number) as number, p95us: expect.any(Number) as number, callsPerSecond: expect.any(Number) as number, samples: expect.any(Number) as number };
  expect(JSON.parse(stdout)).toEqual({
    file: guest("validator"),
    op: "validate",
    abi: "extism",
    node: process.versions.node,
    inputBytes: 2,
    outputBytes: 23,
    seconds: 0.2,
    rows: [{ isolation: "inline", ...row }, { isolation: "worker", ...row }],
  });
});

test("bars within 80 columns", async () => {
  const { code, stdout } = await isopod(["bench", guest("plain-c"), "add", "2", "3", "--seconds", "0.2"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/cold start +inline.*█[^]*p50[^]*p95[^]*calls\/s/);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("what fails is not measured", async () => {
  expect(await isopod(["bench", guest("plain-c"), "trap"])).toMatchObject({ code: 1, stdout: "", stderr: "isopod: trap: the plugin broke off in function 4: unreachable\n" });
});
