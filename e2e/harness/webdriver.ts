import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bound } from "./process.ts";

export interface Session {
  navigate(url: string): Promise<unknown>;
  /** Ends the browser and the driver. */
  close(): Promise<void>;
}

export interface DriverOptions {
  /** The driver and its arguments; its port is added. */
  readonly command: readonly [string, ...string[]];
  readonly capabilities: Readonly<Record<string, unknown>>;
}

/** The three commands of W3C WebDriver that it takes to open a page. https://www.w3.org/TR/webdriver2/ */
export async function openSession({ command: [program, ...args], capabilities }: DriverOptions): Promise<Session> {
  const port = await freePort();
  // xvfb-run leaves its files behind when it is ended.
  const temporary = await mkdtemp(join(tmpdir(), "webdriver-"));
  const driver = spawn(program, [...args, `--port=${port}`], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, TMPDIR: temporary },
  });
  const stop = bound(driver);
  const base = `http://127.0.0.1:${port}/session`;
  try {
    await ready(`http://127.0.0.1:${port}/status`);
    const { sessionId } = await command<{ sessionId: string }>(base, "POST", { capabilities: { alwaysMatch: capabilities } });
    return {
      navigate: (url) => command(`${base}/${sessionId}/url`, "POST", { url }),
      async close() {
        await command(`${base}/${sessionId}`, "DELETE").catch(() => {});
        await stop();
        await rm(temporary, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function command<T>(url: string, method: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(30_000),
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

async function ready(status: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await fetch(status).then(({ ok }) => ok, () => false)) return;
    await sleep(100);
  }
  throw new Error("WebDriver did not answer for 15 s");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
