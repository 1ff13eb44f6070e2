import axe from "axe-core";
import type { Page } from "@playwright/test";
import { openBench, write } from "./bench.ts";
import { expect, test } from "./playground.ts";

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`));
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`no axe violations, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/");
    await expect(page.locator("#agreement")).toContainText("Four identical answers");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "All wrong" }).click();
    await expect(page.locator("#said-iban")).not.toBeEmpty();
    expect(await violations(page)).toEqual([]);
  });
}

test("no axe violations on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("Four identical answers");
  expect(await violations(page)).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no axe violations on the workbench, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openBench(page);
    await expect(page.locator("#memory mark").first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Wants too much" }).click();
    await expect(page.locator("#outcome-body")).toContainText("missing_import");
    expect(await violations(page)).toEqual([]);
    await write(page, "WAT");
    expect(await violations(page)).toEqual([]);
  });
}

test("no axe violations on the workbench on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openBench(page);
  await expect(page.locator("#memory mark").first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});
