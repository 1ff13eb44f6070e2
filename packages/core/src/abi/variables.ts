/**
 * What an ABI promises to keep for the plugin, such as Extism's variables. It belongs to the plugin, not to an
 * instance, and so survives the instance; `changes` lets a worker hand its copy back after each call.
 */
export class Variables {
  #values: Map<string, Uint8Array> | undefined;
  #changed: Set<string> | undefined;

  constructor(entries?: Iterable<readonly [string, Uint8Array]>) {
    if (entries) this.#values = new Map(entries);
  }

  get(name: string): Uint8Array | undefined {
    return this.#values?.get(name);
  }

  /** Takes the value over; undefined removes it. */
  set(name: string, value: Uint8Array | undefined): void {
    if (value) (this.#values ??= new Map()).set(name, value);
    else this.#values?.delete(name);
    (this.#changed ??= new Set()).add(name);
  }

  /** Bytes held; a name counts by its UTF-16 units. */
  get size(): number {
    let size = 0;
    for (const [name, value] of this.#values ?? []) size += name.length + value.length;
    return size;
  }

  clear(): void {
    this.#values = undefined;
  }

  entries(): [string, Uint8Array][] {
    return [...(this.#values ?? [])];
  }

  /** Holds what the other holds, from now on and for both. */
  share(other: Variables): void {
    this.#values = other.#values ??= new Map();
    this.#changed = undefined;
  }

  /** What has been set since this was last asked; undefined where nothing was. */
  changes(): [string, Uint8Array | undefined][] | undefined {
    if (!this.#changed) return undefined;
    const changes = [...this.#changed].map((name): [string, Uint8Array | undefined] => [name, this.get(name)]);
    this.#changed = undefined;
    return changes;
  }
}
