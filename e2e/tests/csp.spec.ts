import { chromium, expect, test } from "@playwright/test";
import { bundlePages } from "../harness/bundle.ts";
import { serve } from "../harness/server.ts";
import { conform } from "../matrix/conform.ts";
import { readGaps } from "../matrix/gaps.ts";
import { chromiumOptions, chromiumRuntime } from "../runtimes/playwright.ts";

/** What the strict policy must refuse, or the suite under it would prove nothing. */
async function allowed(csp: string | undefined): Promise<{ eval: boolean; blobWorker: boolean }> {
  await bundlePages();
  const server = await serve({ csp });
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/suite.html?filter=no-such-case`);
    return await page.evaluate(async () => {
      // In a task of the page's own: what the protocol evaluates directly is exempt from the policy.
      const task = () => new Promise((resolve) => setTimeout(resolve));
      const attempt = (make: () => unknown) => task().then(make).then(() => true, () => false);
      const blob = URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }));
      return {
        eval: await attempt(() => new Function("return 1")()),
        blobWorker: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const worker = new Worker(blob);
              worker.onmessage = resolve;
              worker.onerror = reject;
            }),
        ),
      };
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

test("the suite's pages refuse eval and blob: workers", async () => {
  expect(await allowed(undefined)).toEqual({ eval: false, blobWorker: false });
  expect(await allowed("")).toEqual({ eval: true, blobWorker: true });
});

test("chromium worker conforms on a page without a policy too", async () => {
  const wrong: string[] = [];
  for await (const row of conform(chromiumRuntime(), "worker", await readGaps(), { filter: "", csp: "" })) {
    if (row.result === "fail") wrong.push(`${row.case}: ${row.reason}`);
  }
  expect(wrong.length, `failed:\n${wrong.join("\n")}\n`).toBe(0);
});
