import { answers, openBench, write } from "./bench.ts";
import { expect, test } from "./playground.ts";
import { watchShifts } from "./shifts.ts";

for (const [name, width, height] of [["a desk", 1360, 900], ["a tablet", 820, 1100], ["a phone", 360, 740]] as const) {
  test(`nothing moves on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { still } = await watchShifts(page);
    await page.goto("/");
    await expect(page.locator("#agreement")).toContainText("Four identical answers");
    await page.getByRole("button", { name: "All wrong" }).click();
    await expect(page.locator("#said-iban")).not.toBeEmpty();
    await page.getByRole("button", { name: "Run all 4,000 records" }).click();
    await expect(page.locator("#whole")).toContainText("the same 4,000 verdicts", { timeout: 30_000 });
    await still();
  });

  test(`nothing sticks out on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("/");
    await expect(page.locator("#agreement")).toContainText("Four identical answers");
    const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
    expect(scroll).toBe(client);
    expect(client).toBe(width);
  });
}

for (const [name, width, height] of [["a desk", 1360, 900], ["a phone", 360, 740]] as const) {
  test(`nothing moves on the workbench, and nothing sticks out, on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { still } = await watchShifts(page);
    await openBench(page);
    await expect(page.locator("#memory mark").first()).toBeVisible();
    await page.getByLabel("Input", { exact: true }).fill("another, longer input, which goes to all of them");
    await expect(page.locator("#answer")).toContainText("ANOTHER");
    await page.getByLabel("Operation", { exact: true }).selectOption("trap");
    await expect(page.locator("#outcome-body")).toContainText("It broke off");
    await page.getByLabel("Operation", { exact: true }).selectOption("upper");
    await answers(page);
    await still();
    await write(page, "WAT");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("the workbench is painted before any wasm is asked for", async ({ page }) => {
  await openBench(page);
  const { paint, wasm } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    wasm: performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"))!.startTime,
  }));
  expect(paint).toBeLessThan(wasm);
});

test("the page is painted before any wasm is asked for", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("identical answers");
  const { paint, wasm } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    wasm: performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"))!.startTime,
  }));
  expect(paint).toBeLessThan(wasm);
});

test("nothing is animated for those who ask for none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("identical answers");
  const animated = await page.evaluate(async () => {
    const buttons = [...document.querySelectorAll<HTMLElement>("#presets button")];
    let most = 0;
    for (const button of buttons) {
      button.click();
      for (let i = 0; i < 6; i++) {
        await new Promise(requestAnimationFrame);
        most = Math.max(most, document.getAnimations().length);
      }
    }
    return most;
  });
  expect(animated).toBe(0);
});
