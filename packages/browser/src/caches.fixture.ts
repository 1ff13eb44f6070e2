/** As much of the Cache API as is used, in memory. */
export class Caches {
  readonly entries = new Map<string, Response>();
  readonly #requests = new Map<string, Request>();
  readonly #quota: number;

  /** @param quota bytes that the browser gives, in all */
  constructor(quota = Infinity) {
    this.#quota = quota;
  }

  readonly storage = {
    match: async (address: string) => this.entries.get(address)?.clone(),
    open: async () => this.#cache,
  } as unknown as CacheStorage;

  readonly #cache = {
    put: async (request: Request, response: Response) => {
      const address = request.url;
      // As browsers do it: it is read once, and goes to the end.
      const body = await response.arrayBuffer();
      const others = await Promise.all([...this.entries].map(async ([known, entry]) => (known === address ? 0 : (await entry.clone().arrayBuffer()).byteLength)));
      if (others.reduce((sum, size) => sum + size, body.byteLength) > this.#quota) throw new DOMException("no room", "QuotaExceededError");
      this.#requests.set(address, request);
      this.entries.delete(address);
      this.entries.set(address, new Response(body, { headers: response.headers }));
    },
    delete: async (request: string | Request) => this.entries.delete(typeof request === "string" ? request : request.url),
    keys: async () => [...this.entries.keys()].map((address) => this.#requests.get(address)!),
  };
}
