import { CALL_MS, type Lane, type Opened } from "../../shared/lane.ts";
import type { Timings } from "../../shared/measure.mjs";
import { NoServer } from "../no-server.ts";

/** A lane behind the playground's server. */
export function remoteLane(name: "node" | "workerd"): Lane {
  const url = new URL(`lanes/${name}`, document.baseURI);
  const post = async (path: string, op: string, input: Uint8Array): Promise<Response> => {
    const response = await fetch(`${url}${path}?${new URLSearchParams({ op })}`, {
      method: "POST",
      body: input as Uint8Array<ArrayBuffer>,
      headers: { "content-type": "application/octet-stream" },
      signal: AbortSignal.timeout(CALL_MS),
    });
    if (!response.ok) throw new Error(await reason(response));
    return response;
  };
  return {
    async open() {
      const response = await fetch(url);
      // A static server has no such file, or answers with a page of its own.
      if (!response.headers.get("content-type")?.includes("json")) throw new NoServer();
      if (!response.ok) throw new Error(await reason(response));
      return (await response.json()) as Opened;
    },
    call: async (op, input) => new Uint8Array(await (await post("", op, input)).arrayBuffer()),
    timings: async (op, input) => (await post("/timings", op, input)).json() as Promise<Timings>,
  };
}

async function reason(response: Response): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  return message ?? `the server answered ${response.status}`;
}
