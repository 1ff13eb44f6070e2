import axe from "axe-core";
import type { Page } from "@playwright/test";
import { letLoose, openHostile, tally } from "./hostile.ts";
import { expect, test } from "./playground.ts";
import { watchShifts } from "./shifts.ts";

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${failureSummary}`));
}

for (const [name, width, colorScheme] of [["light", 1360, "light"], ["dark", 1360, "dark"], ["on a phone", 360, "light"]] as const) {
  test(`no axe violations in an attack, ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await openHostile(page);
    expect(await violations(page)).toEqual([]);
    await letLoose(page, "nag");
    expect(await violations(page)).toEqual([]);
  });
}

for (const [name, width, height] of [["a desk", 1360, 900], ["a tablet", 820, 1100], ["a phone", 360, 740]] as const) {
  test(`nothing moves in an attack, nothing sticks out and nothing is cut, on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const { still } = await watchShifts(page);
    await openHostile(page);
    for (const op of ["loop", "bomb", "forge", "flood", "nag"]) {
      await letLoose(page, op);
      const cut = await page.locator(".cost :is(.verdict, .details, .next)").evaluateAll((all) => all.filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1).map(({ textContent }) => textContent));
      expect(cut, op).toEqual([]);
    }
    await page.locator("#load").click();
    await expect.poll(() => tally(page, "swaps")).toBeGreaterThan(0);
    await page.locator("#load").click();
    await expect(page.locator("#swap-said")).toHaveText(/0 failed/);
    await still();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("the page of attacks is painted before any wasm is asked for", async ({ page }) => {
  await openHostile(page);
  const { paint, wasm } = await page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    wasm: performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"))!.startTime,
  }));
  expect(paint).toBeLessThan(wasm);
});

/** How often the picture changes in a second in which nobody does anything. */
const changes = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>("#swell")!;
    let changed = 0;
    let before = canvas.toDataURL();
    for (const until = performance.now() + 1000; performance.now() < until; ) {
      await new Promise(requestAnimationFrame);
      const now = canvas.toDataURL();
      if (now !== before) changed++;
      before = now;
    }
    return changed;
  });

test("the isopod swims", async ({ page }) => {
  await openHostile(page);
  expect(await changes(page)).toBeGreaterThan(5);
});

test("for those who ask for no motion, a still figure of the frames is drawn after each attack", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openHostile(page);
  expect(await changes(page)).toBe(0);
  const before = await page.locator("#swell").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  await letLoose(page, "loop");
  expect(await page.locator("#swell").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL())).not.toBe(before);
  expect(await changes(page)).toBe(0);
});

test("an attack works without a mouse", async ({ page }) => {
  await openHostile(page);
  const focused = page.locator(":focus");
  const until = async (text: RegExp) => {
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press("Tab");
      if (text.test((await focused.textContent()) ?? "")) return;
    }
    throw new Error(`nothing to Tab to is called ${text}`);
  };
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(focused).toHaveId("outcome");
  await page.keyboard.press("Shift+Tab");
  await expect(focused).toHaveText("Load 200 at once");
  await page.reload();
  await openHostile(page);
  await until(/^Forge a pointer$/);
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
  await page.keyboard.press("Enter");
  await expect(page.locator("#agreement")).toHaveText("The same error three times");
  await expect(focused).toHaveText("Forge a pointer");
  await until(/^Start the load$/);
  await page.keyboard.press("Space");
  await expect.poll(() => tally(page, "swaps")).toBeGreaterThan(0);
  await page.keyboard.press("Space");
  await expect(page.locator("#swap-said")).toHaveText(/0 failed/);
});
