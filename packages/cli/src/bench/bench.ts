import type { Input, LoadOptions, Plugin } from "@isopod/core";
import { createHost } from "@isopod/node";
import { patience, within } from "../call/deadline.ts";
import { inputFor } from "../call/input.ts";
import { readPlugin } from "../read.ts";
import type { Progress } from "../terminal/progress.ts";
import { coldStart } from "./cold.ts";
import { openLane, type Lane, type Where } from "./lane.ts";
import type { BenchReport, BenchRow } from "./report.ts";

const WHERE: readonly Where[] = ["inline", "worker"];
const COLD_STARTS = 3;
const BATCH_MS = 50;
/** Engines compile again what is called often; of all the time this part goes by before anything counts. */
const WARM_UP = 0.15;

/** What is to be measured. */
export interface Wanted {
  readonly file: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly seconds: number;
  readonly timeout: number;
  readonly load: LoadOptions;
}

/** Cold starts, a warm-up, then batches in turn, so that what slows the machine for a while slows both. */
export async function bench(wanted: Wanted, progress: Progress): Promise<BenchReport> {
  const { file, op, seconds } = wanted;
  const load = { ...wanted.load, ...patience(wanted.timeout) };
  const bytes = await readPlugin(file);
  const trial = await tried({ ...wanted, load }, bytes);
  const colds = new Map<Where, number[]>(WHERE.map((where) => [where, []]));
  for (let turn = 0; turn < COLD_STARTS; turn++) {
    for (const isolation of WHERE) {
      progress.say(`cold start ${turn + 1} of ${COLD_STARTS}, ${isolation}`);
      colds.get(isolation)!.push(await coldStart({ isolation, bytes, load, op, input: trial.input }));
    }
  }
  const lanes: Lane[] = [];
  try {
    for (const where of WHERE) lanes.push(await openLane(where, bytes, load, () => ({ op, input: trial.input })));
    await rounds(lanes, seconds * 1000 * WARM_UP, false, () => progress.say("warming up"));
    await rounds(lanes, seconds * 1000, true, (part) => progress.say(`measuring, ${Math.round(part * 100)} %`));
    return {
      file,
      op,
      abi: trial.plugin.info.abi,
      node: process.versions.node,
      inputBytes: sizeOf(trial.input),
      outputBytes: sizeOf(trial.output),
      seconds,
      rows: lanes.map((lane) => row(lane, median(colds.get(lane.isolation)!))),
    };
  } finally {
    await Promise.all(lanes.map((lane) => lane.dispose()));
  }
}

/** Once in a worker and with a deadline: a plugin that fails or hangs does so before anything else is done. */
async function tried({ op, input: given, timeout, load }: Wanted, bytes: Uint8Array): Promise<{ plugin: Plugin; input: Input; output: unknown }> {
  const host = createHost({ isolation: "worker", workers: 1 });
  try {
    const plugin = await within(timeout, (signal) => host.load(bytes, { ...load, signal }));
    const input = await inputFor(plugin.info, op, given, process.stdin);
    const as = plugin.info.abi === "plain" ? "value" : "bytes";
    const output: unknown = await within(timeout, (signal) => plugin.call(op, input, { as: as as "bytes", signal }));
    return { plugin, input, output };
  } finally {
    await host.dispose();
  }
}

/** Batches in turn, until each lane had its half of the time. */
async function rounds(lanes: readonly Lane[], ms: number, counts: boolean, said: (part: number) => void): Promise<void> {
  const from = performance.now();
  for (let gone = 0; gone < ms; gone = performance.now() - from) {
    said(gone / ms);
    for (const lane of lanes) await lane.batch(Math.min(BATCH_MS, ms / lanes.length), counts);
  }
}

function row({ isolation, times, perSecond }: Lane, coldMs: number): BenchRow {
  return {
    isolation,
    coldMs: round(coldMs),
    p50us: round(times.percentile(0.5) / 1000),
    p95us: round(times.percentile(0.95) / 1000),
    callsPerSecond: Math.round(perSecond()),
    samples: times.count,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function sizeOf(value: unknown): number | null {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  return value === undefined ? 0 : null;
}
