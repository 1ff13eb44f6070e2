/** As much of the Cache API as is used, in memory. */
export class Caches {
  readonly entries = new Map<string, Response>();

  readonly storage = {
    match: async (address: string) => this.entries.get(address)?.clone(),
    open: async () => this.#cache,
  } as unknown as CacheStorage;

  readonly #cache = {
    put: async (address: string, response: Response) => {
      // As browsers do it: it is read once, and goes to the end.
      const body = await response.arrayBuffer();
      this.entries.delete(address);
      this.entries.set(address, new Response(body, { headers: response.headers }));
    },
    delete: async (request: string | Request) => this.entries.delete(typeof request === "string" ? request : request.url),
    keys: async () => [...this.entries.keys()].map((address) => new Request(address)),
    matchAll: async () => [...this.entries.values()],
  };
}
