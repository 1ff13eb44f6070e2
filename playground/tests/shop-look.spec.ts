import axe from "axe-core";
import type { Page } from "@playwright/test";
import { expect, test } from "./playground.ts";
import { watchShifts } from "./shifts.ts";
import { agreed, edit, openShop, saved, verdict } from "./shop.ts";

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`));
}

for (const [name, width, colorScheme] of [["light", 1360, "light"], ["dark", 1360, "dark"], ["on a phone", 360, "light"]] as const) {
  test(`no axe violations in the shop, ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await openShop(page);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Pieces").fill("9");
    await expect(verdict(page, "node")).toHaveText("refuses it: one field");
    expect(await violations(page)).toEqual([]);
  });
}

for (const [name, width, height] of [["a desk", 1360, 900], ["a tablet", 820, 1100], ["a phone", 360, 740]] as const) {
  test(`nothing moves in the shop, and nothing sticks out, on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { painted, still } = await watchShifts(page);
    await openShop(page);
    await page.getByLabel("Pieces").fill("9");
    await page.getByLabel("E-mail").fill("ada@");
    await expect(verdict(page, "node")).toHaveText("refuses it: 2 fields");
    await page.getByRole("button", { name: "Place the order" }).click();
    await page.getByRole("button", { name: "Another limit on pieces" }).click();
    await saved(page);
    await still();
    // What one types oneself moves what stands after it.
    await edit(page, "export function check(");
    const typed = await painted();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.locator("#diagnostics")).not.toBeEmpty();
    await still(typed);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("the shop is painted before any wasm is asked for", async ({ page }) => {
  await openShop(page);
  const { paint, wasm } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    wasm: performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"))!.startTime,
  }));
  expect(paint).toBeLessThan(wasm);
});

for (const [reducedMotion, most] of [["reduce", 0], ["no-preference", 3]] as const) {
  test(`a chip that changes moves, unless that is not wanted: ${reducedMotion}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion });
    await openShop(page);
    await page.evaluate(() => {
      const state = Object.assign(globalThis, { most: 0 });
      const look = () => {
        state.most = Math.max(state.most, document.getAnimations().length);
        requestAnimationFrame(look);
      };
      look();
    });
    await page.getByRole("button", { name: "Another limit on pieces" }).click();
    await saved(page);
    await agreed(page);
    const seen = await page.evaluate(() => (globalThis as unknown as { most: number }).most);
    expect(seen > 0).toBe(most > 0);
    expect(seen).toBeLessThanOrEqual(most);
  });
}

test("the shop works without a mouse", async ({ page }) => {
  await openShop(page);
  const until = async (text: RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const element = document.activeElement!;
        const inner = element.shadowRoot?.activeElement ?? element;
        return inner.getAttribute("aria-label") ?? (inner as HTMLInputElement).labels?.[0]?.textContent ?? inner.textContent ?? "";
      });
      if (label.trim().match(text)) return;
    }
    throw new Error(`nothing to Tab to is called ${text}`);
  };
  await until(/^Pieces$/);
  await page.keyboard.type("9");
  await expect(page.locator("#said-pieces")).not.toBeEmpty();
  await until(/^Place the order$/);
  expect(await page.locator("*:focus").evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Pieces")).toBeFocused();
  await until(/^Source in AssemblyScript$/);
  await page.keyboard.type("// mine");
  await expect(page.locator("#compiled")).toHaveText("Changed, and not saved yet.");
  await until(/^Save$/);
  await page.keyboard.press("Enter");
  await saved(page);
  await agreed(page);
});
