import type { ErrorRecord } from "@isopod/browser";
import { revive } from "@isopod/core/spi";
import { type Berth, RUN_MS } from "../../../shared/berth.ts";
import type { Timings } from "../../../shared/measure.mjs";
import { sha256 } from "../../../shared/records.mjs";
import { NoServer } from "../../no-server.ts";

/** Beyond what the plugin may take: workerd may have to start, and others may be in front. */
const PATIENCE_MS = 5 * RUN_MS;
const GONE = 410;

const root = new URL("berths/", document.baseURI);

/** Sends each plugin once, for both lanes. */
class Ferry {
  readonly #sent = new Map<string, Promise<unknown>>();

  /** @returns its digest, once the server has it */
  async bring(plugin: Uint8Array, again = false): Promise<string> {
    const digest = await sha256(plugin);
    if (again) this.#sent.delete(digest);
    if (!this.#sent.has(digest)) this.#sent.set(digest, post(new URL("plugins", root), plugin).then(fine));
    await this.#sent.get(digest)!.catch((error: unknown) => {
      this.#sent.delete(digest);
      throw error;
    });
    return digest;
  }
}

const ferry = new Ferry();

/** A berth behind the playground's server, which may have let go of a plugin since it was sent. */
export function remoteBerth(name: "node" | "workerd"): Berth {
  const ask = async (part: string, plugin: Uint8Array, op: string, input: Uint8Array): Promise<Response> => {
    const send = async (again: boolean) => post(new URL(`${name}${part}?${new URLSearchParams({ plugin: await ferry.bring(plugin, again), op })}`, root), input);
    const response = await send(false);
    return fine(response.status === GONE ? await send(true) : response);
  };
  return {
    async run(plugin, op, input) {
      const response = await ask("", plugin, op, input);
      const coldMs = Number(/dur=([\d.]+)/.exec(response.headers.get("server-timing") ?? "")?.[1] ?? 0);
      return { output: new Uint8Array(await response.arrayBuffer()), coldMs };
    },
    timings: async (plugin, op, input) => (await ask("/timings", plugin, op, input)).json() as Promise<Timings>,
  };
}

function post(url: URL, body: Uint8Array): Promise<Response> {
  return fetch(url, { method: "POST", body: body as Uint8Array<ArrayBuffer>, headers: { "content-type": "application/octet-stream" }, signal: AbortSignal.timeout(PATIENCE_MS) });
}

/** @throws the plugin's error as it was thrown there, or that there is no server */
async function fine(response: Response): Promise<Response> {
  if (response.ok) return response;
  // A folder of files has no such address, and says so in its own way.
  const record = (await response.json().catch(() => undefined)) as (Partial<ErrorRecord> & { message?: string }) | undefined;
  if (!record) throw new NoServer();
  if (typeof record.code === "string") throw revive(record as ErrorRecord);
  throw new Error(record.message ?? `the server answered ${response.status}`);
}
