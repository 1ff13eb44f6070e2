import type { Page } from "@playwright/test";
import { expect } from "./playground.ts";

export const LANES = ["page", "worker", "workerd", "node"] as const;

/** The workbench, its first example answered on all shores. */
export async function openBench(page: Page, hash = ""): Promise<void> {
  await page.goto(`/workbench.html${hash}`);
  if (hash === "") await expect(page.locator("#agreement")).toContainText("Four identical answers", { timeout: 30_000 });
}

export const answers = (page: Page, number = "Four") => expect(page.locator("#agreement")).toContainText(`${number} identical answers`, { timeout: 30_000 });

/** Opens the editor; the compiler comes over the wire once. */
export async function write(page: Page, language: "AssemblyScript" | "WAT" | "C"): Promise<void> {
  await page.getByRole("button", { name: "Write" }).click();
  if (language !== "AssemblyScript") await page.getByRole("button", { name: language, exact: true }).click();
  await expect(page.locator("#compiled")).toHaveText(/^Compiled in \d+ ms/, { timeout: 120_000 });
}

/** Replaces what is in the editor, as one would. */
export async function type(page: Page, code: string): Promise<void> {
  await page.locator("#editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(code);
}
