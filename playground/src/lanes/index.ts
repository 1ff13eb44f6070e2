import { say } from "../say.ts";
import { about } from "./about.ts";
import { Chart } from "./chart.ts";
import { localLane } from "./local.ts";
import { remoteLane } from "./remote.ts";
import { runButton } from "./run.ts";
import { SHORES, type ShoreId } from "./shores.ts";
import { Stop } from "./stop.ts";
import { LaneView } from "./view.ts";

const LANES = {
  page: () => localLane("inline"),
  worker: () => localLane("worker"),
  workerd: () => remoteLane("workerd"),
  node: () => remoteLane("node"),
} satisfies Record<ShoreId, unknown>;

/** Opens all lanes; each joins as soon as it can. */
export function openChart(onAnswer: (bytes: Uint8Array) => void): Chart {
  const stops = SHORES.map(({ id }) => new Stop(id, LANES[id](), new LaneView(document.querySelector<HTMLElement>(`[data-lane="${id}"]`)!)));
  const chart = new Chart(stops, { onAnswer, onAgreement: say });
  for (const stop of stops) {
    void stop.open().then((opened) => {
      if (!opened) return;
      if (stop.id === "page") void about(opened.info);
      chart.again();
    });
  }
  runButton(chart);
  return chart;
}
