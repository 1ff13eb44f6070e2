import type { Page } from "@playwright/test";
import { expect } from "./playground.ts";

export const STATIONS = ["page", "edge", "node"] as const;

/** The shop, all three agreed and the editor there. */
export async function openShop(page: Page): Promise<void> {
  await page.goto("/shop.html");
  await agreed(page);
  await expect(page.locator("#save")).toHaveAttribute("aria-disabled", "false");
}

export const agreed = (page: Page) => expect(page.locator("#agreement")).toHaveText("Same rules, same answer, three times", { timeout: 30_000 });

export const saved = (page: Page) => expect(page.locator("#compiled")).toHaveText(/^Saved: compiled in \d+ ms, [\d,]+ bytes; all three follow\.$/, { timeout: 60_000 });

/** The whole digest behind each chip. */
export const digests = (page: Page): Promise<(string | null)[]> => Promise.all(STATIONS.map((id) => page.locator(`[data-station=${id}] [data-part=rules]`).getAttribute("title")));

export const verdict = (page: Page, id: string) => page.locator(`[data-station=${id}] [data-part=verdict]`);

/** Replaces what is in the editor. */
export async function edit(page: Page, code: string): Promise<void> {
  await page.locator("#editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(code);
}
