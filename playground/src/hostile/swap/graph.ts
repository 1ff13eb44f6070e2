import { find } from "../../find.ts";
import { count } from "../../format.ts";
import { BYTES, Canvas, type Drawing } from "../canvas.ts";

/** Of the whole graph, and of one column of it. */
export const RUN_MS = 20_000;
const COLUMN_MS = 200;
const COLUMNS = RUN_MS / COLUMN_MS;
/** Colours, in turn. */
const COLOURS = 4;
const HEAD = 24;
const LEFT = 72;

/** Calls per second, in the colour of the version that answered, from left to right; it does not scroll. */
export class Graph {
  readonly #canvas = new Canvas(find("#graph"), () => this.draw());
  /** Answers of each column, by version. */
  #columns: Map<number, number>[] = [];
  /** Swaps, by when they had been done. */
  #swaps: { readonly at: number; readonly version: number }[] = [];
  #started = 0;

  start(): void {
    this.#columns = [];
    this.#swaps = [];
    this.#started = performance.now();
  }

  answered(version: number): void {
    const column = Math.floor((performance.now() - this.#started) / COLUMN_MS);
    if (column >= COLUMNS) return;
    const counts = (this.#columns[column] ??= new Map());
    counts.set(version, (counts.get(version) ?? 0) + 1);
  }

  swapped(version: number): void {
    this.#swaps.push({ at: performance.now() - this.#started, version });
  }

  draw(): void {
    this.#canvas.draw((drawing) => this.#paint(drawing));
  }

  #paint({ context, width, height, colour }: Drawing): void {
    // The column that is being filled would look like a dip.
    const full = this.#columns.slice(0, Math.floor((performance.now() - this.#started) / COLUMN_MS));
    const top = Math.max(scale(...full.map(total)), 10);
    const floor = height - 18;
    const room = floor - HEAD;
    const x = (ms: number): number => LEFT + (ms / RUN_MS) * (width - LEFT);
    context.font = BYTES;
    context.textBaseline = "alphabetic";
    context.fillStyle = colour("--line");
    for (const part of [0.5, 1]) context.fillRect(LEFT, floor - room * part, width - LEFT, 1);
    context.fillStyle = colour("--soft");
    context.textAlign = "right";
    context.fillText("calls/s", LEFT - 8, 15);
    for (const part of full.length > 0 ? [0.5, 1] : []) context.fillText(count((top * part * 1000) / COLUMN_MS), LEFT - 8, floor - room * part + 4);
    context.textAlign = "center";
    for (const s of [5, 10, 15]) context.fillText(`${s} s`, x(s * 1000), height - 3);
    context.fillStyle = colour("--edge");
    context.fillRect(LEFT, floor, width - LEFT, 1);

    for (const [index, counts] of full.entries()) {
      let below = floor;
      for (const [version, calls] of [...(counts ?? [])].sort(([one], [other]) => one - other)) {
        const tall = (calls / top) * room;
        context.fillStyle = colour(`--version-${version % COLOURS}`);
        context.fillRect(x(index * COLUMN_MS), below - tall, Math.max(x(COLUMN_MS) - LEFT - 1, 1), tall);
        below -= tall;
      }
    }
    context.textAlign = "left";
    const marks = [{ at: 0, version: 1 }, ...this.#swaps];
    const sparse = x(1000) - LEFT < 26 ? 3 : 1;
    for (const { at, version } of this.#started === 0 ? [] : marks) {
      context.fillStyle = colour(`--version-${version % COLOURS}`);
      const named = (version - 1) % sparse === 0;
      context.fillRect(x(at), named ? 4 : 18, 2, named ? 18 : 4);
      context.fillStyle = colour("--soft");
      if (named) context.fillText(`v${version}`, x(at) + 5, 15);
    }
  }
}

const total = (counts: ReadonlyMap<number, number> = new Map()): number => [...counts.values()].reduce((sum, calls) => sum + calls, 0);

/** A round number above them all. */
function scale(...values: readonly number[]): number {
  const most = Math.max(0, ...values);
  const unit = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * unit).find((step) => step >= most) ?? most;
}
