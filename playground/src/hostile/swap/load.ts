import type { Plugin } from "@isopod/core";
import { GOOD } from "../../../shared/hostile.ts";
import { versionIn } from "./versions.ts";

/** Calls under way at any time. */
const CALLERS = 4;
/** After so many calls each gives the page's other work a turn. */
const BREATH = 16;

/** What was answered, and by whom. */
export interface Counted {
  calls: number;
  failed: number;
  /** Answered by a version that had been replaced when the call started. */
  stale: number;
}

/** Calls a plugin without pause until it is told to stop. */
export class Load {
  readonly counted: Counted = { calls: 0, failed: 0, stale: 0 };
  readonly #plugin: Plugin;
  readonly #onAnswer: (version: number) => void;
  #going = true;
  readonly done: Promise<unknown>;
  /** The version that was in force when the last swap resolved. */
  version = 1;

  constructor(plugin: Plugin, onAnswer: (version: number) => void) {
    this.#plugin = plugin;
    this.#onAnswer = onAnswer;
    this.done = Promise.all(Array.from({ length: CALLERS }, () => this.#call()));
  }

  stop(): Promise<unknown> {
    this.#going = false;
    return this.done;
  }

  async #call(): Promise<void> {
    let calls = 0;
    while (this.#going) {
      const inForce = this.version;
      try {
        const version = versionIn(await this.#plugin.call(GOOD, undefined, { as: "text" }));
        this.counted.calls++;
        if (version < inForce) this.counted.stale++;
        this.#onAnswer(version);
      } catch {
        this.counted.failed++;
      }
      if (++calls % BREATH === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
