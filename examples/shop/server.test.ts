import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { shop } from "./server.ts";

test("a path that is no address ends nothing, whichever page asks for it", async () => {
  const { server, close } = shop(fileURLToPath(new URL(".", import.meta.url)), new URL("http://127.0.0.1:1"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const status = async (path: string, headers = {}) => (await fetch(`${own}${path}`, { headers, signal: AbortSignal.timeout(5_000) })).status;
  try {
    expect(await status("//", { origin: "https://evil.example" })).toBe(403);
    expect(await status("//")).toBe(400);
    expect(await status("/page.css")).toBe(200);
  } finally {
    server.closeAllConnections();
    server.close();
    await close();
  }
});
