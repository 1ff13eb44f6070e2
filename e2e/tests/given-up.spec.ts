import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { bundleNode } from "../harness/bundle.ts";
import { paths } from "../harness/paths.ts";
import { node } from "../runtimes/node.ts";

const run = promisify(execFile);

for (const version of [24, 26]) {
  test(`of guests whose calls were given up while they were suspended nothing stays in node${version}`, async () => {
    const { execPath, help } = node(version);
    expect(execPath, help).toBeTruthy();
    await bundleNode();
    const { stdout, stderr } = await run(execPath!, ["--expose-gc", fileURLToPath(new URL("given-up.mjs", paths.node))], { timeout: 60_000, killSignal: "SIGKILL" });
    expect(stderr).toBe("");
    // Three ways to give up, three guests, twelve calls each; nobody asked again.
    const { atOnce, ...found } = JSON.parse(stdout) as { atOnce: number };
    expect(found).toEqual({ made: true, alive: 0, asked: 108, codes: { aborted: 36, limit: 36, disposed: 36 }, unhandled: 0 });
    // Of 120 while no timer went off: a page has room for 124. The plugin's next instance may be there, and what the engine has on its stack.
    expect(atOnce).toBeLessThan(10);
  });
}
