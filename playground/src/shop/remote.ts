import type { Answer } from "../../../examples/shop/versions.ts";
import { NoServer } from "../no-server.ts";

/** workerd may have to start. */
const PATIENCE_MS = 30_000;
const GONE = 410;

/** The edge and Node, behind the playground's server, with rules for this page alone. */
export class RemoteShop {
  readonly #page = crypto.randomUUID();
  #rules: Uint8Array | undefined;

  async publish(rules: Uint8Array): Promise<void> {
    await fine(await this.#post("rules", rules));
    this.#rules = rules;
  }

  async check(where: "edge" | "node", order: string): Promise<Answer> {
    const body = new TextEncoder().encode(order);
    let response = await this.#post(where, body);
    if (response.status === GONE && this.#rules) {
      await this.publish(this.#rules);
      response = await this.#post(where, body);
    }
    return (await fine(response)).json() as Promise<Answer>;
  }

  #post(part: string, body: Uint8Array): Promise<Response> {
    return fetch(new URL(`shop/${part}?${new URLSearchParams({ page: this.#page })}`, document.baseURI), {
      method: "POST",
      body: body as Uint8Array<ArrayBuffer>,
      headers: { "content-type": "application/octet-stream" },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }
}

async function fine(response: Response): Promise<Response> {
  // A folder of files has no such address, and says so in its own way, or answers with a page.
  if (!response.headers.get("content-type")?.includes("json")) throw new NoServer();
  if (response.ok) return response;
  throw new Error(((await response.json()) as { message?: string }).message ?? `the server answered ${response.status}`);
}
