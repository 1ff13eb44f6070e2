import type { Opened } from "../../shared/lane.ts";
import type { Timings } from "../../shared/measure.mjs";
import { duration, short } from "../format.ts";
import { heights, Skyline } from "./skyline.ts";

export type LaneState = "waiting" | "ready" | "busy" | "absent" | "failed";

/** Longest text of an answer that is put into the page; the rest would be clipped anyway. */
const MOST_TEXT = 400;

/** One lane as it is seen. */
export class LaneView {
  readonly #root: HTMLElement;
  readonly #sent: Skyline;
  readonly #answered: Skyline;
  #travelling: Promise<void> = Promise.resolve();
  /** How often it was stopped: an answer that is still on its way then comes too late. */
  #stops = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#sent = new Skyline(root.querySelector<SVGSVGElement>(".sent")!);
    this.#answered = new Skyline(root.querySelector<SVGSVGElement>(".answered")!);
  }

  get state(): LaneState {
    return this.#root.dataset["state"] as LaneState;
  }

  set state(state: LaneState) {
    this.#root.dataset["state"] = state;
  }

  opened({ coldMs }: Opened): void {
    this.state = "ready";
    this.cold(coldMs);
  }

  cold(ms: number): void {
    this.#write("cold", duration(ms * 1000));
  }

  /** Nothing that an earlier call left may stand beside what is said of this one. */
  clear(): void {
    void this.#answered.draw([]);
    for (const part of ["p50", "p95", "cold", "digest"]) this.#write(part, "–");
    this.#bar(0, 0);
  }

  sent(bytes: Uint8Array): void {
    this.#travelling = this.#sent.draw(heights(bytes));
  }

  /** The answer sets out once the input has arrived. */
  async answered(bytes: Uint8Array, digest: string): Promise<void> {
    const stops = this.#stops;
    await this.#travelling;
    if (stops !== this.#stops) return;
    void this.#answered.draw(heights(bytes));
    this.#write("answer", new TextDecoder().decode(bytes.subarray(0, MOST_TEXT)));
    this.#write("digest", short(digest));
  }

  /** Many records: what was sent and what came back, a column for some of each. */
  progress(sent: readonly number[], answered: readonly number[], text: string): void {
    void this.#sent.draw(sent);
    void this.#answered.draw(answered);
    this.#write("answer", text);
  }

  /** Whether its answer is not the first lane's. */
  set differs(differs: boolean) {
    this.#root.dataset["differs"] = String(differs);
  }

  digest(digest: string): void {
    this.#write("digest", short(digest));
  }

  timings({ p50us, p95us }: Timings): void {
    this.#write("p50", duration(p50us));
    this.#write("p95", duration(p95us));
    this.#bar(onScale(p50us), onScale(p95us));
  }

  #bar(p50: number, p95: number): void {
    const bar = this.#root.querySelector<HTMLElement>(".bar")!;
    bar.style.setProperty("--p50", String(p50));
    bar.style.setProperty("--p95", String(p95));
  }

  stopped(state: "absent" | "failed", sentence: string): void {
    this.state = state;
    this.#stops++;
    this.#write("answer", "");
    this.#write("sentence", sentence);
  }

  #write(part: string, text: string): void {
    const element = this.#root.querySelector(`[data-part="${part}"]`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

/** 1 µs to 1 ms, each tenfold a third of the way. */
function onScale(us: number): number {
  return Math.min(1, Math.max(0.02, Math.log10(us) / 3));
}
