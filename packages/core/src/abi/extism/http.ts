import { HTTP, unpackResponse, type HttpRequest, type HttpResponse } from "../../capability/http.ts";
import { perCall } from "../../capability/scope.ts";
import { parse } from "../../contract/call.ts";
import { IsopodError } from "../../errors.ts";
import { bind } from "../../wait/bind.ts";
import { jspi, type Suspension } from "../../wait/suspension.ts";
import type { Services } from "../abi.ts";
import type { Kernel } from "./kernel.ts";

/** What is asked for after a request. */
type Answered = Omit<HttpResponse, "body">;

const NONE: Answered = { status: 0, headers: {} };

export interface HttpImports {
  readonly functions: Readonly<Record<string, unknown>>;
  readonly suspension: Suspension | undefined;
}

/**
 * `http_request(request, body) -> body of the response`, where the request is JSON `{ url, method?, headers? }`; its
 * status and headers are asked for by two further imports. Kits import all three whether a plugin uses them or not,
 * so they are there without a grant too, and refuse when they are called.
 */
export function httpImports(kernel: Kernel, { functions, scope }: Services): HttpImports {
  const granted = functions.get(HTTP.namespace)?.get(HTTP.name);
  const entry = granted ?? {
    ...HTTP,
    suspends: false,
    run: () => {
      throw new IsopodError("denied", 'the plugin made an HTTP request, which nobody granted: load it with grants: { http: { hosts: ["…"] } }');
    },
  };
  /** Of this call, and of no call before it. */
  let last = NONE;
  const response = perCall(scope, () => (last = NONE), (next: Answered = last) => (last = next));
  const request = bind(entry, scope, {
    lift: ([head, body]) => {
      response(NONE);
      return [asRequest(parse(kernel.readText(head as bigint)), body === 0n ? undefined : kernel.read(body as bigint))];
    },
    lower: (reply) => {
      const { body, ...head } = unpackResponse(reply as Uint8Array);
      response(head);
      return kernel.write(body);
    },
  });
  return {
    suspension: entry.suspends ? jspi : undefined,
    functions: {
      http_request: request,
      http_status_code: () => response().status,
      http_headers: () => kernel.writeText(JSON.stringify(response().headers)),
    },
  };
}

/** Header names and values are left to `fetch` to refuse. */
function asRequest(given: unknown, body: Uint8Array | undefined): HttpRequest {
  const { url, method = "GET", headers = {} } = given as { url?: unknown; method?: unknown; headers?: Record<string, unknown> };
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
  return { url: String(url), method: String(method ?? "GET"), headers: Object.fromEntries(entries) as Record<string, string>, body };
}
