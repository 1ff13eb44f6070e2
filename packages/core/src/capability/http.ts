import { IsopodError } from "../errors.ts";
import { decode, encode } from "../memory/text.ts";
import type { Signal } from "../contract/operations.ts";
import type { FunctionEntry } from "./functions.ts";

/** Which hosts a plugin may ask: exact names, with a port where it is not the scheme's own. No patterns. */
export interface HttpGrant {
  /** @example ["api.example.com", "localhost:8080"] */
  readonly hosts: readonly string[];
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The part of `fetch` that is used. */
type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: Uint8Array; redirect: "manual"; credentials: "omit"; signal?: unknown },
) => Promise<{ status: number; type?: string; headers: Iterable<[string, string]>; arrayBuffer(): Promise<ArrayBuffer> }>;

/** Where the capability is found in the function table: a name no plugin can import by accident. */
export const HTTP = { namespace: "isopod:grants", name: "http" } as const;

/** What no URL has for a host, so that such a grant would lend nothing, in silence: a pattern, a scheme or a path, a capital. */
const NO_NAME = /[*/A-Z\s]/;

/**
 * The http client as a function like any other, so that it waits by whatever means the runtime has. Redirects are
 * not followed: the plugin sees the 3xx, and its next request is checked against the grant like the first.
 *
 * @throws `invalid_option`
 */
export function httpFunction({ hosts }: HttpGrant): FunctionEntry {
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === "string" && !NO_NAME.test(host))) {
    throw new IsopodError("invalid_option", 'grants.http must be { hosts: ["api.example.com"] }: names as they are, in small letters, without a scheme or *');
  }
  const granted = [...hosts];
  return { ...HTTP, suspends: true, run: ([request], { signal }) => send(request as HttpRequest, granted, signal) };
}

async function send(request: HttpRequest, hosts: readonly string[], signal: Signal | undefined): Promise<Uint8Array> {
  const url = parse(request.url);
  if ((url.protocol !== "https:" && url.protocol !== "http:") || !hosts.includes(url.host)) {
    throw new IsopodError("denied", `the plugin asked for ${url.protocol}//${url.host}, which grants.http.hosts does not name`, {
      details: { host: url.host, granted: hosts },
    });
  }
  // Some runtimes send it, and whoever serves several hosts at one address answers as that one.
  const named = Object.entries(request.headers).find(([name, value]) => name.trim().toLowerCase() === "host" && value !== url.host);
  if (named) throw new IsopodError("denied", `the plugin asked ${url.host} by a header for another host`, { details: { host: named[1], granted: hosts } });
  const { fetch } = globalThis as unknown as { fetch: Fetch };
  const response = await fetch(url.href, {
    method: request.method,
    headers: { ...request.headers },
    ...(request.body && { body: request.body }),
    redirect: "manual",
    credentials: "omit", // a plugin is not the page it runs in
    ...(signal && { signal }),
  });
  if (response.type === "opaqueredirect") throw new IsopodError("denied", `${url.host} answered with a redirect, which a browser page cannot show to the plugin`);
  return packResponse({ status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) });
}

/**
 * A response as one run of bytes, because that is what crosses every boundary between host and guest.
 *
 * ```text
 * ├── length of the head, u32 ──┼── {"status":200,"headers":{…}} ──┼── body ──┤
 * ```
 */
function packResponse({ body, ...head }: HttpResponse): Uint8Array {
  const text = encode(JSON.stringify(head));
  const whole = new Uint8Array(4 + text.length + body.length);
  new DataView(whole.buffer).setUint32(0, text.length, true);
  whole.set(text, 4);
  whole.set(body, 4 + text.length);
  return whole;
}

export function unpackResponse(bytes: Uint8Array): HttpResponse {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return { ...(JSON.parse(decode(bytes.subarray(4, 4 + length))) as Omit<HttpResponse, "body">), body: bytes.slice(4 + length) };
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new IsopodError("denied", "the plugin asked for something that is not an absolute URL", { cause });
  }
}
