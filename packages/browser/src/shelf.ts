import { manifestIn, manifestOf, VERSION, type inspectCoreModule, type Policy } from "@isopod/core/spi";

/** What a module says about itself, before it is hardened. */
export type Inspected = ReturnType<typeof inspectCoreModule>;

/** Most bytes that are kept, where the browser has room for as many; then the oldest go. */
const MOST = 64 * 1_048_576;

/** Changes with the form of the entries. */
const NAME = "isopod-hardened-2";

/** A header of the request that an entry is kept by: its bytes. To ask the responses would open them, and what is open makes no room when it goes. */
const SIZE = "isopod-size";

/** A custom section of what is kept, in which lies what the module said about itself before, as JSON. */
const BEFORE = "isopod:before";

/**
 * Hardened modules in the Cache API, by the digest of the module before, the policy, and the version of the rewriting.
 * Where the storage refuses, as in some private windows, there is nothing on it.
 */
export class Shelf {
  readonly #storage: CacheStorage;
  readonly #most: number;

  constructor(storage: CacheStorage, most: number = MOST) {
    this.#storage = storage;
    this.#most = most;
  }

  /** Compiled while it is read. */
  async module(digest: string, policy: Policy): Promise<{ readonly module: WebAssembly.Module; readonly inspected: Inspected } | undefined> {
    return this.#find(digest, policy, async (response) => {
      const module = await WebAssembly.compileStreaming(response);
      // The last: a plugin may have one of that name itself.
      const before = WebAssembly.Module.customSections(module, BEFORE).at(-1);
      return names(manifestOf(module), digest, policy) && { module, inspected: JSON.parse(new TextDecoder().decode(before)) as Inspected };
    });
  }

  async bytes(digest: string, policy: Policy): Promise<Uint8Array | undefined> {
    return this.#find(digest, policy, async (response) => {
      const bytes = new Uint8Array(await response.arrayBuffer());
      return names(manifestIn(bytes), digest, policy) && bytes;
    });
  }

  /** What is made of an entry; one of which nothing can be made goes. */
  async #find<T>(digest: string, policy: Policy, make: (response: Response) => Promise<T | false>): Promise<T | undefined> {
    const address = addressOf(digest, policy);
    try {
      const found = await this.#storage.match(address, { cacheName: NAME });
      if (!found) return undefined;
      const made = await make(found).catch(() => false as const);
      if (made) return made;
      await (await this.#storage.open(NAME)).delete(address);
    } catch {
      // As if there were nothing.
    }
    return undefined;
  }

  async keep(digest: string, policy: Policy, hardened: Uint8Array, inspected: Inspected): Promise<void> {
    const body = new Blob([hardened as Uint8Array<ArrayBuffer>, section(BEFORE, new TextEncoder().encode(JSON.stringify(inspected)))], { type: "application/wasm" });
    if (body.size > this.#most) return;
    try {
      const shelf = await this.#storage.open(NAME);
      const put = () => shelf.put(new Request(addressOf(digest, policy), { headers: { [SIZE]: String(body.size) } }), new Response(body));
      await put().catch(async (error: Error) => {
        if (error.name !== "QuotaExceededError") throw error;
        // The oldest make room, unless all of them together are smaller: then nothing goes for what might not fit even so.
        await free(shelf, (held) => (held < body.size ? 0 : body.size));
        await put();
      });
      await free(shelf, (held) => held - this.#most);
    } catch {
      // A full disk, for one: it is hardened again on the next visit.
    }
  }
}

/** Lets the oldest go, until as many bytes of those held are free. Storage lists entries in the order in which they came. */
async function free(shelf: Cache, wanted: (held: number) => number): Promise<void> {
  const requests = await shelf.keys();
  const sizes = requests.map(({ headers }) => Number(headers.get(SIZE)));
  let missing = wanted(sizes.reduce((sum, size) => sum + size, 0));
  for (const [index, size] of sizes.entries()) {
    if (missing <= 0) break;
    await shelf.delete(requests[index]!);
    missing -= size;
  }
}

/** A name that no server has. */
function addressOf(digest: string, { memory, tables }: Policy): string {
  return `https://hardened.isopod.invalid/${VERSION}/${memory}/${tables}/${encodeURIComponent(digest)}`;
}

/** Whether an entry says of itself what its address says. */
function names(manifest: ReturnType<typeof manifestOf>, digest: string, { memory, tables }: Policy): boolean {
  return manifest?.digest === digest && (manifest.memory ?? Infinity) === memory && (manifest.tables ?? Infinity) === tables;
}

/** `00 │ size │ length of the name │ name │ contents` */
function section(name: string, contents: Uint8Array<ArrayBuffer>): Blob {
  const size: number[] = [];
  let rest = 1 + name.length + contents.length;
  for (; rest > 127; rest >>>= 7) size.push((rest & 127) | 128);
  return new Blob([Uint8Array.from([0, ...size, rest, name.length]), name, contents]);
}
