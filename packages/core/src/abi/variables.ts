/** What each variable takes, beside its name and value, as in Extism: a page takes time for each when a worker hands them back. */
const EACH = 48;

/** Values, as all who share them have them. */
interface Held {
  readonly values: Map<string, Uint8Array>;
  size: number;
  /** What has been set since it was last asked for, and whether it was there then. */
  changed: Map<string, boolean>;
}

/**
 * What an ABI promises to keep for the plugin, such as Extism's variables. It belongs to the plugin, not to an
 * instance, and so survives the instance; `changes` lets a worker hand its copy back after each call.
 */
export class Variables {
  #held: Held | undefined;

  constructor(entries?: Iterable<readonly [string, Uint8Array]>) {
    if (!entries) return;
    const values = new Map(entries);
    let size = 0;
    for (const [name, value] of values) size += sizeOf(name, value);
    this.#held = { values, size, changed: new Map() };
  }

  get(name: string): Uint8Array | undefined {
    return this.#held?.values.get(name);
  }

  /** Takes the value over; undefined removes it. */
  set(name: string, value: Uint8Array | undefined): void {
    const held = this.#own();
    const { values, changed } = held;
    if (!changed.has(name)) changed.set(name, values.has(name));
    held.size = this.sizeWith(name, value);
    if (value) values.set(name, value);
    else {
      values.delete(name);
      // Who was never told of it need not hear that it is gone, and a guest may take as many names as it likes.
      if (!changed.get(name)) changed.delete(name);
    }
  }

  /** Bytes held; a name counts by its UTF-16 units, and each variable by some bytes of its own. */
  get size(): number {
    return this.#held?.size ?? 0;
  }

  /** What the size would be with this value. */
  sizeWith(name: string, value: Uint8Array | undefined): number {
    return this.size + sizeOf(name, value) - sizeOf(name, this.get(name));
  }

  clear(): void {
    this.#held = undefined;
  }

  entries(): [string, Uint8Array][] {
    return [...(this.#held?.values ?? [])];
  }

  /** Holds what the other holds, from now on and for both. */
  share(other: Variables): void {
    this.#held = other.#own();
  }

  /** What has been set since this was last asked; undefined where nothing was. */
  changes(): [string, Uint8Array | undefined][] | undefined {
    const held = this.#held;
    if (!held || held.changed.size === 0) return undefined;
    const names = [...held.changed.keys()];
    held.changed = new Map();
    return names.map((name) => [name, held.values.get(name)]);
  }

  #own(): Held {
    return (this.#held ??= { values: new Map(), size: 0, changed: new Map() });
  }
}

function sizeOf(name: string, value: Uint8Array | undefined): number {
  return value ? name.length + value.length + EACH : 0;
}
