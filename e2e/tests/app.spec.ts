import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { bundleEdgeVm } from "../harness/bundle-edge-vm.ts";
import { bundleNode } from "../harness/bundle.ts";
import { paths } from "../harness/paths.ts";
import { startScript } from "../harness/process.ts";
import { edgeVmNode } from "../runtimes/edge-vm.ts";
import { engines } from "../runtimes/index.ts";
import type { Engine } from "../runtimes/script.ts";

const guest = fileURLToPath(new URL("extism-c.wasm", paths.guests));
const run = promisify(execFile);

const answers = {
  text: "GRüßE",
  bytes: 4,
  json: { ok: true },
  written: 7,
  first: 97,
  reversed: "cba",
  kept: "abc",
  config: "hello",
  many: ["A", "B"],
  now: "X",
  code: "trap",
  lines: 0,
  abi: "extism",
};

/** A script of e2e/app with a guest, as one starts it. What it printed: it may neither be killed, nor warn of anything. */
async function started({ execPath, execArgv = [], env, help }: Engine, script: string, guest: string): Promise<unknown> {
  expect(execPath, help).toBeTruthy();
  await bundleNode();
  const args = [...execArgv, fileURLToPath(new URL(script, paths.node)), guest];
  const { stdout, stderr } = await run(execPath!, args, { env: { ...process.env, ...env }, timeout: 60_000, killSignal: "SIGKILL" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

for (const engine of engines()) {
  test(`an application that imports "isopod" runs in ${engine.name}, and ends by itself`, async () => {
    expect(await started(engine, "app.mjs", guest)).toEqual({ engine: engine.name.replace(/\d+$/, ""), adapter: "node.js", answers });
  });
  test(`a plugin that never returns costs its own call only in ${engine.name}`, async () => {
    const spins = fileURLToPath(new URL("packed-c.wasm", paths.guests));
    expect(await started(engine, "hang.mjs", spins)).toEqual({ code: "aborted", told: true, next: "NEXT" });
  });
}

test('an application that imports "isopod" runs in an Edge VM, bundled for edge-light', async () => {
  const { execPath, help } = edgeVmNode();
  expect(execPath, help).toBeTruthy();
  await bundleEdgeVm();
  const bytes = await readFile(guest);
  const start = { guest: bytes.toString("base64"), integrity: `sha256-${createHash("sha256").update(bytes).digest("base64")}` };
  let stop: () => Promise<void> = async () => {};
  const result = await new Promise((resolve, reject) => {
    stop = startScript(new URL("edge-vm/serve.mjs", paths.e2e), {
      execPath,
      args: [fileURLToPath(new URL("app.js", paths.edgeVm)), JSON.stringify(start)],
      onMessage: resolve,
      onEnd: (reason) => reject(new Error(reason)),
    });
  }).finally(() => stop());
  expect(result).toEqual({ engine: "edge-runtime", answers });
});
