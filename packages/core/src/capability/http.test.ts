import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { decode } from "../memory/text.ts";
import type { FunctionCall } from "./functions.ts";
import { httpFunction, HTTP, unpackResponse, type HttpRequest, type HttpResponse } from "./http.ts";

const DENIED = { code: "denied" };
const asked: string[] = [];
let granted: Server;
let stranger: Server;
const hostOf = (server: Server): string => `127.0.0.1:${(server.address() as { port: number }).port}`;

async function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}

beforeAll(async () => {
  stranger = await serve((request, response) => (asked.push(request.url!), response.end("secret")));
  granted = await serve(async (request, response) => {
    const path = request.url!;
    if (path.startsWith("/to?")) return void response.writeHead(Number(path.slice(4, 7)), { location: decodeURIComponent(path.slice(8)), "x-seen": "yes" }).end("moved");
    if (path === "/empty") return void response.writeHead(204).end();
    if (path === "/bytes") return void response.writeHead(418, { "x-odd": "ä" }).end(Buffer.from([0, 255, 10, 13, 0]));
    const body = Buffer.concat(await request.toArray());
    response.end(JSON.stringify({ method: request.method, path, custom: request.headers["x-custom"], body: body.toString("hex") }));
  });
});
afterAll(() => [granted, stranger].forEach((server) => (server.closeAllConnections(), server.close())));
afterEach(() => vi.unstubAllGlobals());

async function send(request: Partial<HttpRequest>, hosts: readonly string[] = [hostOf(granted)]): Promise<HttpResponse> {
  const { run } = httpFunction({ hosts });
  return unpackResponse((await run([{ method: "GET", headers: {}, body: undefined, ...request }], {} as FunctionCall)) as Uint8Array);
}

test("it is a function that suspends, under a name that no import spells by accident", () => {
  expect(httpFunction({ hosts: [] })).toMatchObject({ ...HTTP, suspends: true });
});

test.each([["*"], ["*.example.com"], ["https://example.com"], ["example.com/v1"], ["API.example.com"], [" example.com"]])("a grant that could lend nothing is refused: %j", (host) => {
  expect(() => httpFunction({ hosts: ["a.example.com", host] })).toThrow(expect.objectContaining({ code: "invalid_option", message: expect.stringContaining("names as they are") as unknown }));
});

test.each([["example.com:8080"], ["127.0.0.1"], ["[::1]:80"], ["xn--bcher-kva.example"]])("what a URL may have for a host is none of them: %s", (host) => {
  expect(httpFunction({ hosts: [host] })).toMatchObject({ suspends: true });
});

describe("a granted host", () => {
  test("is asked with method, headers and body, and its answer is told", async () => {
    const response = await send({ url: `http://${hostOf(granted)}/a?b#c`, method: "POST", headers: { "x-custom": "1" }, body: new Uint8Array([0, 255]) });
    expect(response.status).toBe(200);
    expect(JSON.parse(decode(response.body))).toEqual({ method: "POST", path: "/a?b", custom: "1", body: "00ff" });
  });

  test("any status, any bytes", async () => {
    expect(await send({ url: `http://${hostOf(granted)}/bytes` })).toMatchObject({ status: 418, body: new Uint8Array([0, 255, 10, 13, 0]) });
    expect(await send({ url: `http://${hostOf(granted)}/empty` })).toMatchObject({ status: 204, body: new Uint8Array(0) });
  });

  test.each([301, 302, 303, 307, 308])("that answers %i: the plugin sees it, and nobody follows it", async (status) => {
    for (const location of [`http://${hostOf(stranger)}/secret`, `http://${hostOf(granted)}/`, "file:///etc/passwd", "/elsewhere", "//"]) {
      const response = await send({ url: `http://${hostOf(granted)}/to?${status}=${encodeURIComponent(location)}` });
      expect([response.status, response.headers["location"], response.headers["x-seen"]]).toEqual([status, location, "yes"]);
    }
    expect(asked).toEqual([]);
  });

  test("in a page, where a redirect shows nothing, it is refused", async () => {
    vi.stubGlobal("fetch", async () => ({ type: "opaqueredirect", status: 0, headers: [], arrayBuffer: async () => new ArrayBuffer(0) }));
    await expect(send({ url: `http://${hostOf(granted)}/` })).rejects.toMatchObject(DENIED);
  });

  test.each<Record<string, string>>([{ "x-custom": "a\r\nx-evil: 1" }, { "x\r\ny": "1" }, { "x-custom": "a\0b" }, { "": "1" }, { "x y": "1" }])("headers that would break out of theirs are refused: %o", async (headers) => {
    await expect(send({ url: `http://${hostOf(granted)}/`, headers })).rejects.toThrow(TypeError);
  });
});

describe("a host that is not granted", () => {
  test.each(["Host", "host", " HOST "])("a header that names another host is refused, which some runtimes would send: %j", async (name) => {
    await expect(send({ url: `http://${hostOf(granted)}/`, headers: { [name]: hostOf(stranger) } })).rejects.toMatchObject(DENIED);
    expect((await send({ url: `http://${hostOf(granted)}/`, headers: { host: hostOf(granted) } })).status).toBe(200);
  });

  test.each([
    ["another port", () => `http://${hostOf(stranger)}/`],
    ["the same port by another name", () => `http://localhost:${hostOf(granted).split(":")[1]}/`],
    ["a granted name before an @", () => `http://${hostOf(granted)}@${hostOf(stranger)}/`],
    ["a granted name in the path, query or fragment", () => `http://${hostOf(stranger)}/${hostOf(granted)}?${hostOf(granted)}#${hostOf(granted)}`],
    ["a granted name in front", () => `http://${hostOf(granted)}.example/`],
    ["backslashes", () => `http:\\\\${hostOf(stranger)}\\@${hostOf(granted)}/`],
    ["another way to write an address", () => `http://0x7f.1:${hostOf(stranger).split(":")[1]}/`],
    ["a file", () => "file:///etc/passwd"],
    ["data", () => "data:text/plain,x"],
    ["a blob", () => `blob:http://${hostOf(granted)}/x`],
    ["ftp", () => `ftp://${hostOf(granted)}/`],
    ["a scheme of its own", () => `evil://${hostOf(granted)}/`],
    ["javascript", () => "javascript:1"],
    ["a path", () => "/etc/passwd"],
    ["no scheme", () => `//${hostOf(granted)}/`],
    ["no text", () => ""],
    ["no URL", () => "http://"],
    ["what is undefined", () => "undefined"],
  ])("%s", async (_name, url) => {
    await expect(send({ url: url() })).rejects.toMatchObject(DENIED);
    expect(asked).toEqual([]);
  });

  test("the error names host and grant, and no path, where secrets are", async () => {
    const error = await send({ url: "https://evil.test/token=1" }, ["api.test"]).catch((error: unknown) => error);
    expect(error).toMatchObject({ ...DENIED, message: expect.stringContaining("evil.test") as unknown, details: { host: "evil.test", granted: ["api.test"] } });
    expect((error as Error).message).not.toContain("token");
  });

  test("no host at all", async () => {
    await expect(send({ url: `http://${hostOf(granted)}/` }, [])).rejects.toMatchObject(DENIED);
    await expect(send({ url: "http://a.test/" }, [".test", "test", ""])).rejects.toMatchObject(DENIED);
  });
});

describe("ports", () => {
  const table: [url: string, grant: string, holds: boolean][] = [
    ["http://api.test/", "api.test", true],
    ["https://api.test/", "api.test", true],
    ["http://api.test:80/", "api.test", true],
    ["https://api.test:443/", "api.test", true],
    ["http://API.test/", "api.test", true],
    ["http://api.test:443/", "api.test", false],
    ["https://api.test:80/", "api.test", false],
    ["http://api.test:8080/", "api.test", false],
    ["http://api.test:8080/", "api.test:8080", true],
    ["http://api.test/", "api.test:8080", false],
    ["http://api.test./", "api.test", false],
    ["http://sub.api.test/", "api.test", false],
    ["http://[::1]:81/", "[::1]:81", true],
    ["http://ａpi.test/", "api.test", true],
  ];
  test.each(table)("%s under a grant for %s: %s", async (url, grant, holds) => {
    const fetch = vi.fn(async () => new Response("ok"));
    vi.stubGlobal("fetch", fetch);
    if (holds) expect((await send({ url }, [grant])).status).toBe(200);
    else await expect(send({ url }, [grant])).rejects.toMatchObject(DENIED);
    expect(fetch.mock.calls).toEqual(holds ? [[new URL(url).href, { method: "GET", headers: {}, redirect: "manual", credentials: "omit" }]] : []);
  });
});
