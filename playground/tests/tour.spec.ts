import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
test.setTimeout(5 * 60_000);

interface Row {
  readonly runtime: string;
  readonly isolation: string;
  readonly identical: boolean;
  readonly digest: string | null;
  readonly error?: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [start, "--port", "0", ...args], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

test("npm start -- --json: six times the same answers, as one JSON object", async () => {
  const { code, stdout, stderr } = await run(["--json"]);
  expect(stdout, stderr).toMatch(/^\{.*\}\n$/);
  const { plugin, runtimes } = JSON.parse(stdout) as { plugin: string; runtimes: Row[] };
  expect(plugin).toBe("validator.wasm");
  expect(runtimes.map(({ runtime, isolation }) => `${runtime} ${isolation}`)).toEqual(["node inline", "node worker", "workerd static", "workerd loader", "chromium inline", "chromium worker"]);
  for (const row of runtimes) {
    expect(row, stderr).toMatchObject({ abi: "extism", identical: true, digest: runtimes[0]!.digest });
    expect(row).toMatchObject({ coldMs: expect.any(Number), p50us: expect.any(Number), p95us: expect.any(Number) });
    expect(row.error).toBeUndefined();
  }
  expect(code).toBe(0);
});

test("npm start -- --once: a missing browser is one line that says what to do", async () => {
  const { code, stdout, stderr } = await run(["--once"], { CHROMIUM_PATH: "/nowhere/chromium" });
  const lines = stdout.split("\n").filter((line) => line.startsWith("chromium"));
  expect(lines, stderr).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/Chromium is missing: .*npx playwright@\S+ install chromium/);
  expect(stdout).toContain("4 of 6 gave the same answer to every record. 2 could not be asked.");
  expect(code).toBe(1);
});
