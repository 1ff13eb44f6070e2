import { chromium } from "@playwright/test";
import { bundlePages } from "../harness/bundle.ts";
import { serve } from "../harness/server.ts";
import { chromiumOptions } from "../runtimes/playwright.ts";
import type { Answers, Ask, Lab } from "./messages.ts";

export interface PageLab extends Lab {
  chaos(ask: Omit<Extract<Ask, { ask: "chaos" }>, "ask">): Promise<Answers["chaos"]>;
}

/** A page of Chromium, with the strict policy of the suite's. */
export async function chromiumLab(): Promise<PageLab> {
  await bundlePages();
  const server = await serve();
  const browser = await chromium.launch(chromiumOptions());
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.origin}/lab.html`);
  await page.waitForFunction("typeof lab === 'function'");
  const ask = (message: Ask): Promise<never> => page.evaluate(`lab(${JSON.stringify(message)})`) as Promise<never>;
  return {
    name: "chromium",
    fuzz: (cases) => ask({ ask: "fuzz", cases }),
    async chaos(options) {
      const report = (await ask({ ask: "chaos", ...options })) as Omit<Answers["chaos"], "leakedWorkers">;
      for (let tries = 0; tries < 100 && page.workers().length > 0; tries++) await page.waitForTimeout(50);
      return { ...report, findings: [...report.findings, ...errors.splice(0)], leakedWorkers: page.workers().length };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
