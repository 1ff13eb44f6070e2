import { find, write } from "../find.ts";
import { count } from "../format.ts";
import { type MeterId, METERS } from "./list.ts";
import type { Told } from "./told.ts";

const MIB = 1_048_576;
const WORDS: Readonly<Record<MeterId, (value: number) => string>> = {
  fuel: (value) => `${count(Math.round(value / 1e5) / 10)} M`,
  memory: (value) => `${(value / MIB).toFixed(0)} MiB`,
  hostCalls: count,
  slots: count,
};

/** The most that the worker's plugins have used since a button was pressed, as it is told. */
export class Meters {
  readonly #caps: Map<MeterId, number>;
  readonly #most = new Map<MeterId, number>();

  /** @param limits of the plugin that is watched */
  constructor(limits: Readonly<Record<string, number | "unlimited">> = {}) {
    this.#caps = new Map(METERS.flatMap(({ id }) => (typeof limits[id] === "number" ? [[id, limits[id]]] : [])));
    this.mark();
  }

  /** From now on; what lives on, lives. */
  mark(): void {
    this.#most.clear();
    for (const id of this.#caps.keys()) this.#show(id, 0);
  }

  told({ use, slots }: Told): void {
    if (use) {
      this.#show("fuel", use.fuel);
      this.#show("memory", use.memory);
      this.#show("hostCalls", use.hostCalls);
    }
    if (slots) {
      this.#caps.set("slots", slots.most);
      this.#show("slots", slots.live);
    }
  }

  /** What an error said of a limit, which is more than was had. */
  refused(details: Readonly<Record<string, unknown>> = {}): void {
    const limit = details["limit"] as MeterId;
    if (this.#caps.has(limit)) this.#show(limit, Number(details["used"]));
  }

  #show(id: MeterId, now: number): void {
    const cap = this.#caps.get(id) ?? 0;
    const value = Math.max(now, this.#most.get(id) ?? 0);
    this.#most.set(id, value);
    const root = find(`[data-meter="${id}"]`);
    const gauge = find("[role=meter]", root);
    const words = `${WORDS[id](value)} of ${WORDS[id](cap)}`;
    gauge.setAttribute("aria-valuemax", String(cap));
    gauge.setAttribute("aria-valuenow", String(Math.min(value, cap)));
    gauge.setAttribute("aria-valuetext", words);
    root.dataset["state"] = value > cap ? "over" : "within";
    root.style.setProperty("--used", String(cap > 0 ? Math.min(value / cap, 1) : 0));
    write(find("[data-part=figures]", root), words);
  }
}
