import address from "../../../guests/validator/records.jsonl?url";
import { join, sha256, split } from "../../shared/records.mjs";
import { count } from "../format.ts";
import type { Stop } from "./stop.ts";

/** Records to a column of the skyline, and columns to a step. */
const COLUMN = 20;
const STEP = 10;
/** A step's bytes that fill the strip. */
const FULL = COLUMN * 250;
const TIMED = 200;

export interface Whole {
  readonly records: number;
  readonly wrong: number;
  readonly digest: string;
}

/** Every record of the file through one lane, seen as it goes; then its times. */
export async function runWhole({ lane, view }: Stop, records: readonly Uint8Array[]): Promise<Whole> {
  view.state = "busy";
  const sent: number[] = [];
  const found: number[] = [];
  const verdicts: Uint8Array[] = [];
  for (let from = 0; from < records.length; from += COLUMN * STEP) {
    const part = records.slice(from, from + COLUMN * STEP);
    const lines = split(await lane.call("validateMany", join(part)));
    if (lines.length !== part.length) throw new Error(`${part.length} records got ${lines.length} verdicts`);
    verdicts.push(...lines);
    for (let i = 0; i < part.length; i += COLUMN) {
      sent.push(Math.min(1, join(part.slice(i, i + COLUMN)).length / FULL));
      found.push(wrongIn(lines.slice(i, i + COLUMN)) / COLUMN);
    }
    view.progress(padded(sent, records.length), padded(found, records.length), `${count(verdicts.length)} of ${count(records.length)}`);
    await painted();
  }
  const digest = await sha256(join(verdicts));
  const wrong = wrongIn(verdicts);
  view.progress(sent, found, `${count(verdicts.length)} verdicts, ${count(wrong)} of them wrong`);
  view.digest(digest);
  view.state = "ready";
  return { records: records.length, wrong, digest };
}

export async function fetchRecords(): Promise<Uint8Array[]> {
  const response = await fetch(address);
  return split(new Uint8Array(await response.arrayBuffer()));
}

/** Some of them, as lines: to take times with. */
export function some(records: readonly Uint8Array[]): Uint8Array {
  return join(records.slice(0, TIMED));
}

/** `{"ok":true…` or `{"ok":false…` */
function wrongIn(verdicts: readonly Uint8Array[]): number {
  return verdicts.filter((verdict) => verdict[6] === 0x66).length;
}

/** Columns that are still to come have no height, so that those that are there keep their place. */
function padded(values: readonly number[], records: number): number[] {
  return [...values, ...Array<number>(Math.ceil(records / COLUMN) - values.length).fill(0)];
}

/** Lets the page show what came, and type what is typed. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
