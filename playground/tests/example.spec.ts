import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { killTree, OWN_GROUP } from "../../scripts/processes.mjs";
import { expect, test } from "./playground.ts";

const shop = fileURLToPath(new URL("../../examples/shop/", import.meta.url));

/** Starts the example with rules of its own, and ends it and all that it started. */
async function withExample(work: (url: string, save: (source: string) => Promise<void>) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "isopod-shop-"));
  const rules = join(folder, "rules.ts");
  await writeFile(rules, await readFile(join(shop, "plugin/rules.ts")));
  const child = spawn(process.execPath, [join(shop, "run.mjs"), "--port", "0", "--rules", rules], { ...OWN_GROUP, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  try {
    const url = new Promise<string>((resolve) => createInterface(child.stdout).on("line", (line) => line.startsWith("http") && resolve(line.split(" ")[0]!)));
    const [address] = (await Promise.race([url.then((url) => [url]), ended.then(([code]) => Promise.reject(new Error(`the example ended with ${code}`)))])) as [string];
    await work(address, (source) => writeFile(rules, source));
  } finally {
    child.kill("SIGTERM");
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000))]);
    killTree(child.pid);
    await rm(folder, { recursive: true });
  }
}

const chips = (page: Page) => Promise.all(["page", "edge", "node"].map((id) => page.locator(`#${id}`).textContent()));

test("examples/shop: three answers by one plugin, and saved rules reach all three without a reload", async ({ page }) => {
  await withExample(async (url, save) => {
    await page.goto(url);
    await expect(page.locator("#node")).toHaveText(/^\S{8} takes it$/);
    const [before] = await chips(page);
    expect(await chips(page)).toEqual([before, before, before]);

    const pieces = page.getByLabel("Pieces");
    await pieces.fill("9");
    await expect(page.locator("#said-pieces")).toHaveText("From 1 to 5 pieces.");
    await expect(pieces).toHaveAttribute("aria-invalid", "true");
    const refused = before!.replace("takes it", "refuses it");
    await expect.poll(() => chips(page)).toEqual([refused, refused, refused]);

    await page.evaluate(() => Object.assign(globalThis, { since: "before" }));
    const source = await readFile(join(shop, "plugin/rules.ts"), "utf8");
    await save(source.replace("MOST_PIECES: i32 = 5", "MOST_PIECES: i32 = 12"));
    // The command of the compiler starts anew for each save, which a busy machine takes its time for.
    await expect(page.locator("#node")).toHaveText(/takes it$/, { timeout: 120_000 });
    await expect(page.locator("#said-pieces")).toBeEmpty();
    const [after] = await chips(page);
    expect(after).not.toBe(before);
    expect(await chips(page)).toEqual([after, after, after]);
    expect(await page.evaluate(() => (globalThis as { since?: string }).since)).toBe("before");
    await expect(pieces).toHaveValue("9");
    await expect(pieces).toBeFocused();

    // What does not compile is published to nobody.
    await save("export function check(");
    await pieces.fill("11");
    await expect.poll(() => chips(page)).toEqual([after, after, after]);

    for (const path of ["check/node", "check/edge", "rules.wasm"]) {
      expect((await fetch(new URL(path, url), { method: "POST", headers: { origin: "http://evil.example" } })).status, path).toBe(403);
    }
  });
});
