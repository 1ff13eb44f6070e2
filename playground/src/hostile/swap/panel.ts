import type { Plugin } from "@isopod/core";
import { isIsopodError } from "@isopod/core";
import { GOOD } from "../../../shared/hostile.ts";
import { find, write } from "../../find.ts";
import { count } from "../../format.ts";
import type { Frames } from "../frames.ts";
import type { TallyId } from "../list.ts";
import { loadGuest, localHost } from "../local.ts";
import { inWords } from "../words.ts";
import { Graph, RUN_MS } from "./graph.ts";
import { Load } from "./load.ts";
import { versionOf } from "./versions.ts";

const SWAP_MS = 1000;
const DRAW_MS = 200;

/** Of the versions: enough for them, and soon used up by one that loops. */
const FUEL = 30e6;

/** A plugin under load, and new versions that take its place. */
export class SwapPanel {
  readonly #guest: Uint8Array;
  readonly #frames: Frames;
  readonly #graph = new Graph();
  readonly #start = find("#load");
  readonly #broken = find("#broken");
  readonly #said = find("#swap-said");
  readonly #host = localHost(2);
  #running: { readonly plugin: Plugin; readonly load: Load; readonly end: () => void } | undefined;
  #starting = false;
  #swapping = false;
  #swaps = 0;
  #undone = 0;

  constructor(guest: Uint8Array, frames: Frames) {
    this.#guest = guest;
    this.#frames = frames;
    this.#start.addEventListener("click", () => void this.#toggle());
    this.#broken.addEventListener("click", () => void this.#swapIn(true));
    this.#start.setAttribute("aria-disabled", "false");
    this.#graph.draw();
  }

  async #toggle(): Promise<void> {
    if (this.#running) return this.#running.end();
    if (this.#starting) return;
    this.#starting = true;
    try {
      await this.#run(await loadGuest(this.#host, versionOf(this.#guest, 1), { fuel: FUEL, concurrency: 2 }));
    } finally {
      this.#starting = false;
    }
  }

  async #run(plugin: Plugin): Promise<void> {
    this.#swaps = this.#undone = 0;
    this.#frames.mark();
    this.#graph.start();
    const load = new Load(plugin, (version) => this.#graph.answered(version));
    const swapping = setInterval(() => void this.#swapIn(false), SWAP_MS);
    const drawing = setInterval(() => this.#show(load), DRAW_MS);
    await new Promise<void>((end) => {
      const late = setTimeout(end, RUN_MS);
      this.#running = { plugin, load, end: () => (clearTimeout(late), end()) };
      this.#look();
    });
    clearInterval(swapping);
    this.#running = undefined;
    await load.stop();
    clearInterval(drawing);
    this.#show(load);
    this.#look();
    const { calls, failed } = load.counted;
    write(this.#said, `${count(calls)} calls, ${this.#swaps} swaps, ${failed} failed.`);
    await plugin.dispose();
  }

  /** @param broken one that loops when it is tried, and so never answers anybody */
  async #swapIn(broken: boolean): Promise<void> {
    if (!this.#running || this.#swapping) return;
    this.#swapping = true;
    const { plugin, load } = this.#running;
    const version = load.version + 1;
    try {
      await plugin.swap(versionOf(this.#guest, version), { health: (next) => next.call(broken ? "loop" : GOOD) });
      load.version = version;
      this.#swaps++;
      this.#graph.swapped(version);
    } catch (error) {
      // The load was stopped meanwhile.
      if (!isIsopodError(error) || error.code === "disposed") return;
      this.#undone++;
      write(this.#said, `Not swapped. ${inWords(error.toJSON())} Version ${load.version} goes on.`);
    } finally {
      this.#swapping = false;
    }
  }

  #look(): void {
    const going = this.#running !== undefined;
    write(this.#start, going ? "Stop the load" : "Start the load");
    this.#broken.setAttribute("aria-disabled", String(!going));
    if (going) write(this.#said, "");
  }

  #show({ counted }: Load): void {
    this.#graph.draw();
    const tally: Record<TallyId, number> = { ...counted, swaps: this.#swaps, undone: this.#undone };
    for (const [id, value] of Object.entries(tally)) write(find(`[data-tally="${id}"]`), count(value));
  }
}
