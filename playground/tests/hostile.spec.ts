import { expect, test } from "./playground.ts";
import { letLoose, longest, openHostile, part, SHORES, tally } from "./hostile.ts";

/** What a stutter is to these tests: far more than a frame on a busy machine, and far less than the loop takes. */
const STUTTER_MS = 400;

const ATTACKS = [
  { op: "loop", code: "limit", details: /^\{ limit: "fuel",\s+used: 1,000,\d{3},\d{3},\s+cap: 1,000,000,000 \}$/, meter: "fuel" },
  { op: "bomb", code: "limit", details: /^\{ limit: "memory",\s+used: 17,825,792,\s+cap: 16,777,216 \}$/, meter: "memory" },
  { op: "forge", code: "out_of_bounds", details: /^\{ pointer: 2,097,146,\s+length: 64,\s+memory: 2,097,152 \}$/, meter: undefined },
  { op: "flood", code: "limit", details: /^\{ limit: "output",\s+used: 1,048,576,\s+cap: 65,536 \}$/, meter: undefined },
  { op: "nag", code: "limit", details: /^\{ limit: "hostCalls",\s+used: 1,001,\s+cap: 1,000 \}$/, meter: "hostCalls" },
] as const;

for (const { op, code, details, meter } of ATTACKS) {
  test(`${op}: one typed error in page, edge and Node, and the next call is answered`, async ({ page }) => {
    await openHostile(page);
    for (let times = 0; times < 2; times++) {
      await letLoose(page, op);
      await expect(page.locator("#agreement")).toHaveText("The same error three times");
      for (const shore of SHORES) {
        await expect(part(page, shore, "code")).toHaveText(code);
        await expect(part(page, shore, "details")).toHaveText(details);
        await expect(part(page, shore, "next")).toHaveText(/the next call answers “version 01”$/);
      }
      for (const id of ["fuel", "memory", "hostCalls"]) await expect(page.locator(`[data-meter="${id}"]`)).toHaveAttribute("data-state", id === meter ? "over" : "within");
    }
  });
}

test("frames go on while the guest loops, and a stutter would be seen", async ({ page }) => {
  await openHostile(page);
  // In another thread than the page's, or the page would stand still for as long as the loop takes.
  const gaps: number[] = [];
  for (let times = 0; times < 3; times++) {
    await letLoose(page, "loop");
    gaps.push(await longest(page));
  }
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(Math.min(...gaps)).toBeLessThan(STUTTER_MS);
  await page.evaluate((ms) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  }, STUTTER_MS + 100);
  await expect.poll(() => longest(page)).toBeGreaterThan(STUTTER_MS);
  await expect(page.locator("#longest")).toHaveAttribute("data-state", "long");
});

test("the fuel meter moves while the guest runs, not only once it was stopped", async ({ page }) => {
  await openHostile(page);
  await page.evaluate(() => {
    const gauge = document.querySelector('[data-meter="fuel"] [role=meter]')!;
    const seen: number[] = [];
    new MutationObserver(() => seen.push(Number(gauge.getAttribute("aria-valuenow")))).observe(gauge, { attributeFilter: ["aria-valuenow"] });
    Object.assign(globalThis, { seen });
  });
  await letLoose(page, "loop");
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen);
  const between = seen.filter((fuel) => fuel > 1e6 && fuel < 999e6);
  expect(between.length).toBeGreaterThan(3);
  expect(between).toEqual([...between].sort((one, other) => one - other));
});

test("200 plugins in one page: all answer, and no more are live than there are memories for", async ({ page }) => {
  await openHostile(page);
  await page.locator("[data-crowd]").click();
  await expect(page.locator("#agreement")).toHaveText("200 plugins, 400 answers", { timeout: 60_000 });
  await expect(page.locator('[data-meter="slots"] code')).toHaveText("100 of 100");
  await letLoose(page, "bomb");
  await expect(page.locator("#agreement")).toHaveText("The same error three times");
});

test("versions are swapped under load: none fails, none is answered by one already replaced, and one that loops is undone", async ({ page }) => {
  await openHostile(page);
  await page.locator("#load").click();
  await expect.poll(() => tally(page, "swaps"), { timeout: 30_000 }).toBeGreaterThan(2);
  await page.locator("#broken").click();
  await expect(page.locator("#swap-said")).toHaveText(/^Not swapped\. It wanted more fuel than it may have\. Version \d+ goes on\.$/);
  const before = await tally(page, "swaps");
  await expect.poll(() => tally(page, "swaps"), { timeout: 30_000 }).toBeGreaterThan(before);
  await page.locator("#load").click();
  await expect(page.locator("#swap-said")).toHaveText(/^[\d,]+ calls, \d+ swaps, 0 failed\.$/);
  expect(await tally(page, "calls")).toBeGreaterThan(1000);
  expect(await tally(page, "failed")).toBe(0);
  expect(await tally(page, "stale")).toBe(0);
  expect(await tally(page, "undone")).toBe(1);
  // Once more, from the beginning.
  await page.locator("#load").click();
  await expect.poll(() => tally(page, "swaps")).toBe(1);
  await page.locator("#load").click();
  await expect(page.locator("#load")).toHaveText("Start the load");
});

test("a guest that cannot be fetched is said to be", async ({ page }) => {
  await page.route(/hostile-turned[^/]*\.wasm/, (route) => route.abort());
  await page.goto("/hostile.html");
  await expect(page.locator("#agreement")).toHaveText("Failed to fetch");
});

test("a folder of files has the page alone, and says so", async ({ page }) => {
  await page.route("**/hostile/*", (route) => route.fulfill({ status: 404, contentType: "text/html", body: "no such file" }));
  await page.goto("/hostile.html");
  await expect(page.locator("#agreement")).toHaveText("Only the page: one answer");
  await letLoose(page, "forge");
  await expect(page.locator("#agreement")).toHaveText("Only the page: one error");
  await expect(part(page, "page", "code")).toHaveText("out_of_bounds");
  await expect(part(page, "edge", "verdict")).toHaveText("no server here: npm start has one");
});
