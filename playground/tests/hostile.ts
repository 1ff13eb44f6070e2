import type { Page } from "@playwright/test";
import { expect } from "./playground.ts";

export const SHORES = ["page", "edge", "node"] as const;

/** The page, all three shores there and its buttons at hand. */
export async function openHostile(page: Page): Promise<void> {
  await page.goto("/hostile.html");
  await expect(page.locator("#agreement")).toHaveText("The same answer three times", { timeout: 60_000 });
  await expect(page.locator("#load")).toHaveAttribute("aria-disabled", "false");
}

/** One attack, until all have got over it. */
export async function letLoose(page: Page, op: string): Promise<void> {
  const button = page.locator(`[data-attack="${op}"]`);
  await button.click();
  await expect(button).toHaveAttribute("aria-disabled", "false", { timeout: 60_000 });
}

export const part = (page: Page, shore: string, name: string) => page.locator(`[data-shore="${shore}"] [data-part="${name}"]`);

/** The longest gap between two frames since the button was pressed, in ms. */
export const longest = async (page: Page): Promise<number> => Number(await page.locator("#longest").getAttribute("data-ms"));

export const tally = async (page: Page, id: string): Promise<number> => Number((await page.locator(`[data-tally="${id}"]`).textContent())!.replaceAll(",", ""));
