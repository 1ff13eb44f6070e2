import { Announcer } from "../announcer.ts";
import { hostInPage, hostInWorkers } from "../host.ts";
import { fetchPlugin } from "../plugin.ts";
import { about } from "./about.ts";
import { Chart } from "./chart.ts";
import { localLane } from "./local.ts";
import { remoteLane } from "./remote.ts";
import { runButton } from "./run.ts";
import { SHORES } from "./shores.ts";
import { Stop } from "./stop.ts";
import { LaneView } from "./view.ts";

/** Opens all lanes; each joins as soon as it can. */
export function openChart(onAnswer: (bytes: Uint8Array) => void): Chart {
  const fetched = fetchPlugin();
  const lanes = {
    page: localLane(hostInPage, () => fetched),
    worker: localLane(() => hostInWorkers(1), () => fetched),
    workerd: remoteLane("workerd"),
    node: remoteLane("node"),
  };
  const stops = SHORES.map(({ id }) => new Stop(id, lanes[id], new LaneView(document.querySelector<HTMLElement>(`[data-lane="${id}"]`)!)));
  const announcer = new Announcer();
  const chart = new Chart(stops, { onAnswer, onAgreement: (agreement) => announcer.agreement(agreement) });
  // The page answers first; what a worker needs comes after that, when there is something to read already.
  const here = stops.find(({ id }) => id === "page")!.open();
  for (const stop of stops) {
    void (stop.id === "page" ? here : stop.id === "worker" ? here.then(() => stop.open()) : stop.open()).then(async (opened) => {
      if (!opened) return;
      chart.again();
      if (stop.id === "page") await about(opened.info, await fetched);
    });
  }
  runButton(chart, announcer);
  return chart;
}
