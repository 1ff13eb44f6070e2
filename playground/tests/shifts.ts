import type { Page } from "@playwright/test";
import { expect } from "./playground.ts";

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

/** What of a page has moved, from its start on, also what follows an action: nothing here has a reason to. */
export interface Shifts {
  /** Nothing has moved since: by when it moved, not by when that is told, which is some frames later. */
  still(since?: number): Promise<void>;
  /** The time, when all that was done so far has been painted and told. */
  painted(): Promise<number>;
}

/** To be called before the page is opened. */
export async function watchShifts(page: Page): Promise<Shifts> {
  await page.addInitScript(() => {
    const state = globalThis as unknown as { shifts: PerformanceEntry[] };
    state.shifts = [];
    new PerformanceObserver((list) => void state.shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
  });
  const painted = () => page.evaluate(() => new Promise<number>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 50)))));
  const still = async (since = 0) => {
    await painted();
    const moved = await page.evaluate((from) => {
      const { shifts } = globalThis as unknown as { shifts: Shift[] };
      const shown = ({ node, previousRect, currentRect }: Shift["sources"][number]): string => `${node?.nodeName ?? "gone"}#${(node as Element | null)?.id ?? ""} ${JSON.stringify(previousRect)} → ${JSON.stringify(currentRect)}`;
      return shifts.filter(({ startTime }) => startTime >= from).map(({ value, sources }) => ({ value, what: sources.map(shown) }));
    }, since);
    expect(moved.reduce((sum, { value }) => sum + value, 0), JSON.stringify(moved)).toBeLessThan(0.01);
  };
  return { still, painted };
}
