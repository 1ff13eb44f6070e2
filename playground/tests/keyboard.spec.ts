import { answers, openBench } from "./bench.ts";
import { expect, test } from "./playground.ts";

test("all of it works without a mouse", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("Four identical answers");
  const focused = page.locator(":focus");

  await page.keyboard.press("Tab");
  await expect(focused).toHaveText("Skip to the answers");
  for (const link of ["A form", "Workbench", "A shop", "An attack"]) {
    await page.keyboard.press("Tab");
    await expect(focused).toHaveText(link);
  }
  await page.keyboard.press("Tab");
  await expect(focused).toHaveText("Berlin");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(focused).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#said-iban")).toHaveText("The check digits do not add up.");

  for (let i = 0; i < 5; i++) await page.keyboard.press("Tab");
  await expect(focused).toHaveAttribute("name", "name");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("12345");
  await expect(page.locator("#said-name")).toHaveText("A name has a letter somewhere.");

  for (let i = 0; i < 9; i++) await page.keyboard.press("Tab");
  await expect(focused).toHaveText("Run all 4,000 records");
  await page.keyboard.press("Space");
  await expect(page.locator("#whole")).toContainText("the same 4,000 verdicts", { timeout: 30_000 });
  await expect(focused).toHaveText("Run all 4,000 records");
});

test("the skip link goes to the answers", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(":focus")).toHaveId("lanes");
});

test("whatever has the focus shows it", async ({ page }) => {
  await page.goto("/");
  const stops = await page.locator("a, button, input, textarea").count();
  for (let i = 0; i < stops; i++) {
    await page.keyboard.press("Tab");
    const outline = await page.locator(":focus").evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe("solid");
  }
});

test("the workbench works without a mouse", async ({ page }) => {
  await openBench(page);
  const focused = page.locator(":focus");
  const until = async (text: string | RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const label = await focused.evaluate((element) => element.getAttribute("aria-label") ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent);
      if (label.trim().match(text)) return;
    }
    throw new Error(`nothing to Tab to is called ${text}`);
  };
  await until(/^Extism in WAT/);
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-about=abi]")).toHaveText("extism");
  await until(/^Input$/);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("by hand");
  await expect(page.locator("#answer")).toHaveText("BY HAND");
  await until(/^Run$/);
  await page.keyboard.press("Enter");
  await answers(page);
  await until(/^Node$/);
  await page.keyboard.press("Space");
  await expect(page.locator("#snippet")).toContainText('from "@isopod/node"');
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
});
