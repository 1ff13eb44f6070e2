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

for (const { name, execPath, execArgv = [], env, help } of engines()) {
  test(`an application that imports "isopod" runs in ${name}, and ends by itself`, async () => {
    expect(execPath, help).toBeTruthy();
    await bundleNode();
    const script = fileURLToPath(new URL("app.mjs", paths.node));
    // Neither killed by the timeout, nor with a word of warning.
    const { stdout, stderr } = await run(execPath!, [...execArgv, script, guest], { env: { ...process.env, ...env }, timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual({ engine: name.replace(/\d+$/, ""), adapter: "node.js", answers });
    expect(stderr).toBe("");
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
