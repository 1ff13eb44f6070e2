import address from "../../../guests/validator/records.jsonl?url";
import { join, sha256, split } from "../../shared/records.mjs";
import { count } from "../format.ts";
import type { Stop } from "./stop.ts";

/** Records to a column of the skyline, and columns to a step. */
const COLUMN = 20;
const STEP = 10;
/** Records that times are taken with. */
const TIMED = 200;

export interface Whole {
  readonly records: number;
  readonly wrong: number;
  readonly digest: string;
}

/** Every record of the file through one lane, seen as it goes; then its times. */
export async function runWhole({ lane, view }: Stop, records: readonly Uint8Array[]): Promise<Whole> {
  view.state = "busy";
  const columns = Math.ceil(records.length / COLUMN);
  const sizes = relief(Array.from({ length: columns }, (_, i) => join(records.slice(i * COLUMN, (i + 1) * COLUMN)).length));
  const prints: number[] = [];
  const verdicts: Uint8Array[] = [];
  for (let from = 0; from < records.length; from += COLUMN * STEP) {
    const part = records.slice(from, from + COLUMN * STEP);
    const lines = split(await lane.call("validateMany", join(part)));
    if (lines.length !== part.length) throw new Error(`${part.length} records got ${lines.length} verdicts`);
    verdicts.push(...lines);
    for (let i = 0; i < part.length; i += COLUMN) prints.push(fingerprint(join(lines.slice(i, i + COLUMN))));
    view.progress(padded(sizes.slice(0, prints.length), columns), padded(prints, columns), `${count(verdicts.length)} of ${count(records.length)}`);
    await painted();
  }
  const digest = await sha256(join(verdicts));
  const wrong = wrongIn(verdicts);
  view.progress(sizes, prints, `${count(verdicts.length)} verdicts, ${count(wrong)} of them wrong`);
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
function padded(values: readonly number[], columns: number): number[] {
  return [...values, ...Array<number>(columns - values.length).fill(0)];
}

/** The least is low and the most is high, so that one sees them differ. */
function relief(values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => 0.1 + (0.6 * (value - least)) / Math.max(1, most - least));
}

/** A height that any other byte would change: FNV-1a. */
function fingerprint(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return 0.1 + (0.6 * (hash >>> 0)) / 2 ** 32;
}

/** Lets the page show what came, and type what is typed. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
