import type { Op, Outcome } from "../../shared/hostile.ts";
import { NoServer } from "../no-server.ts";

/** workerd may have to start, and others may be in front. */
const PATIENCE_MS = 60_000;

/** The same guest behind the playground's server. */
export async function remoteAttack(shore: "edge" | "node", op: Op): Promise<Outcome> {
  const response = await fetch(new URL(`hostile/${shore}?${new URLSearchParams({ op })}`, document.baseURI), {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  // A folder of files has no such address, and says so in its own way, or answers with a page.
  if (!response.headers.get("content-type")?.includes("json")) throw new NoServer();
  const said = (await response.json()) as Outcome & { message?: string };
  if (!response.ok) throw new Error(said.message ?? `the server answered ${response.status}`);
  return said;
}
