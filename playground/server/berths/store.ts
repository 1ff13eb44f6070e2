import { MOST_PLUGIN } from "../../shared/berth.ts";
import { sha256 } from "../../shared/records.mjs";

/** Enough for those who go back and forth between a few, and four of the largest. */
const MOST_PLUGINS = 16;
const MOST_BYTES = 4 * MOST_PLUGIN;

/** Plugins by their digest, which is worked out here: nobody can put one under the name of another. The least recently used go first. */
export class Store {
  readonly #plugins = new Map<string, Uint8Array>();

  async put(plugin: Uint8Array): Promise<string> {
    const digest = await sha256(plugin);
    this.#plugins.delete(digest);
    this.#plugins.set(digest, plugin);
    for (const [oldest] of this.#plugins) {
      if (this.#plugins.size <= MOST_PLUGINS && this.#bytes() <= MOST_BYTES) break;
      this.#plugins.delete(oldest);
    }
    return digest;
  }

  get(digest: string): Uint8Array | undefined {
    const plugin = this.#plugins.get(digest);
    if (plugin) {
      this.#plugins.delete(digest);
      this.#plugins.set(digest, plugin);
    }
    return plugin;
  }

  #bytes(): number {
    return [...this.#plugins.values()].reduce((sum, { length }) => sum + length, 0);
  }
}
