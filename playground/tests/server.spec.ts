import { request as send } from "node:http";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { extname } from "node:path";
import { expect, test } from "./playground.ts";

const bytes = { "content-type": "application/octet-stream" };

/** With headers that `fetch` would not let through. */
function ask(url: string, headers: Record<string, string>, body?: string | Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = send(url, { method: body === undefined ? "GET" : "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
    request.end(body);
  });
}

for (const lane of ["node", "workerd"]) {
  test(`the ${lane} lane answers its own page, and curl`, async ({ playground }) => {
    const url = `${playground}lanes/${lane}?op=validate`;
    const own = await fetch(url, { method: "POST", headers: bytes, body: '{"country":"el"}' });
    expect(await own.text()).toBe('{"ok":true,"normal":{"country":"GR"}}');
    expect(await ask(url, { ...bytes, origin: new URL(playground).origin }, "{}")).toBe(200);
  });

  test(`the ${lane} lane refuses other origins and other hosts`, async ({ playground }) => {
    const url = `${playground}lanes/${lane}?op=validate`;
    const { port } = new URL(playground);
    for (const origin of ["http://evil.example", "null", `http://127.0.0.1:${Number(port) + 1}`, `https://127.0.0.1:${port}`]) {
      expect(await ask(url, { ...bytes, origin }, "{}"), origin).toBe(403);
      expect(await ask(url, { origin }), origin).toBe(403);
    }
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${Number(port) + 1}`]) {
      expect(await ask(url, { ...bytes, host }, "{}"), host).toBe(403);
    }
    expect(await ask(url, { ...bytes, "sec-fetch-site": "cross-site" }, "{}")).toBe(403);
  });

  test(`the ${lane} lane bounds what it takes`, async ({ playground }) => {
    const url = `${playground}lanes/${lane}?op=validate`;
    expect(await ask(url, bytes, new Uint8Array(2 * 1024 * 1024 + 1))).toBe(413);
    expect(await ask(url, { "content-type": "text/plain" }, "{}")).toBe(415);
    const unknown = await fetch(`${playground}lanes/${lane}?op=nothing`, { method: "POST", headers: bytes, body: "{}" });
    expect(unknown.status).toBe(422);
    expect(await unknown.json()).toMatchObject({ code: "missing_export" });
    expect((await fetch(`${playground}lanes/${lane}`)).status).toBe(200);
  });
}

test("there is no other lane", async ({ playground }) => {
  for (const name of ["", "constructor", "__proto__", "page"]) expect((await fetch(`${playground}lanes/${name}`)).status, name).toBe(404);
});

test("it listens on 127.0.0.1 only", async ({ playground }) => {
  const { port, hostname } = new URL(playground);
  expect(hostname).toBe("127.0.0.1");
  const others = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter(({ internal, family }) => !internal && family === "IPv4"));
  for (const { address } of others) await expect(ask(`http://${address}:${port}/`, {})).rejects.toThrow();
});

test("a page of another origin cannot use the lanes", async ({ page, playground }) => {
  const other = await staticServer("/nothing");
  await page.goto(other.url, { waitUntil: "commit" });
  const outcome = await page.evaluate(
    (url) => fetch(url, { method: "POST", body: "{}", mode: "no-cors" }).then((response) => response.type, () => "refused"),
    `${playground}lanes/node?op=validate`,
  );
  // What comes of it stays unreadable; the lane itself has refused, as above.
  expect(["opaque", "refused"]).toContain(outcome);
  await other.close();
});

test("without the server two lanes answer and two say why not", async ({ page, playground }) => {
  expect(playground).toBeTruthy(); // built by it
  const files = await staticServer("/");
  await page.goto(files.url);
  await expect(page.locator("#agreement")).toContainText("Two identical answers");
  for (const lane of ["workerd", "node"]) await expect(page.locator(`[data-lane=${lane}] .sentence`)).toContainText("this copy of the page has no server");
  await page.getByRole("button", { name: "Run all 4,000 records" }).click();
  await expect(page.locator("#whole")).toContainText("on 2 shores", { timeout: 30_000 });
  await files.close();
});

test("without the server the workbench has two lanes, and two say why not", async ({ page, playground }) => {
  expect(playground).toBeTruthy(); // built by it
  const files = await staticServer("/workbench.html");
  await page.goto(files.url);
  await expect(page.locator("#agreement")).toContainText("Two identical answers");
  for (const lane of ["workerd", "node"]) await expect(page.locator(`[data-lane=${lane}] .sentence`)).toContainText("this copy of the page has no server");
  await files.close();
});

/** The built page as a folder of files, as any web space has it. */
async function staticServer(start: string): Promise<{ url: string; close(): Promise<void> }> {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
  const server = createServer(async (incoming, response) => {
    const { pathname } = new URL(incoming.url ?? "/", "http://localhost");
    const file = new URL(`../dist${pathname === "/" ? "/index.html" : pathname}`, import.meta.url);
    await readFile(file).then(
      (body) => response.writeHead(200, { "content-type": types[extname(file.pathname)] ?? "application/octet-stream" }).end(body),
      () => response.writeHead(404, { "content-type": "text/html" }).end("not here"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${start}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
