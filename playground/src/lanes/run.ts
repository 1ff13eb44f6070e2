import { count } from "../format.ts";
import type { Announcer } from "../announcer.ts";
import type { Chart } from "./chart.ts";
import { sentence, type Stop } from "./stop.ts";
import { fetchRecords, runWhole, some } from "./whole.ts";

/** The button that sends every record through every lane. */
export function runButton(chart: Chart, announcer: Announcer): void {
  const button = document.querySelector<HTMLButtonElement>("#run")!;
  const said = document.querySelector<HTMLElement>("#whole")!;
  let busy = false;
  button.addEventListener("click", async () => {
    // Not `disabled`: that would take the focus away.
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    said.textContent = "Each column is 20 records: the bytes that went in, and a fingerprint of the verdicts.";
    try {
      await chart.hold(async () => {
        said.textContent = await runAll(chart.stops.filter(({ ready }) => ready), announcer);
        announcer.say(said.textContent);
      });
    } catch (error) {
      said.textContent = `That did not work: ${sentence(error)}`;
    } finally {
      busy = false;
      button.setAttribute("aria-disabled", "false");
    }
  });
}

async function runAll(stops: readonly Stop[], announcer: Announcer): Promise<string> {
  if (stops.length === 0) return "No shore is ready yet: try again in a moment.";
  const records = await fetchRecords();
  const from = performance.now();
  const results = await Promise.all(stops.map((stop) => runWhole(stop, records).catch((error: unknown) => void stop.view.stopped("failed", sentence(error)))));
  const took = (performance.now() - from) / 1000;
  const done = results.filter((result) => result !== undefined);
  const alike = done.length === stops.length && new Set(done.map(({ digest }) => digest)).size === 1;
  for (const [i, { view }] of stops.entries()) view.differs = results[i] !== undefined && results[i].digest !== done[0]!.digest;
  announcer.agreement({ lanes: done.length, ...(alike && { digest: done[0]!.digest }) });
  for (const { lane, view } of stops) await lane.timings("validate", some(records)).then((timings) => view.timings(timings), () => {});
  if (!alike) return "Not all shores gave the same verdicts.";
  const { records: number, wrong } = done[0]!;
  return `${count(number)} records, ${count(wrong)} of them wrong: the same ${count(number)} verdicts on ${stops.length} shores, in ${took.toFixed(1)} s.`;
}
