import { HTTP, unpackResponse, type HttpRequest } from "../../capability/http.ts";
import { parse } from "../../contract/call.ts";
import { IsopodError } from "../../errors.ts";
import { bind } from "../../wait/bind.ts";
import { jspi, type Suspension } from "../../wait/suspension.ts";
import type { Services } from "../abi.ts";
import type { Kernel } from "./kernel.ts";

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
  let status = 0;
  let headers: Record<string, string> = {};
  const request = bind(entry, scope, {
    lift: ([head, body]) => {
      status = 0;
      headers = {};
      return [asRequest(parse(kernel.readText(head as bigint)), body === 0n ? undefined : kernel.read(body as bigint))];
    },
    lower: (reply) => {
      const response = unpackResponse(reply as Uint8Array);
      ({ status, headers } = response);
      return kernel.write(response.body);
    },
  });
  return {
    suspension: entry.suspends ? jspi : undefined,
    functions: {
      http_request: request,
      http_status_code: () => status,
      http_headers: () => kernel.writeText(JSON.stringify(headers)),
    },
  };
}

/** Header names and values are left to `fetch` to refuse. */
function asRequest(given: unknown, body: Uint8Array | undefined): HttpRequest {
  const { url, method = "GET", headers = {} } = given as { url?: unknown; method?: unknown; headers?: Record<string, unknown> };
  const entries = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
  return { url: String(url), method: String(method ?? "GET"), headers: Object.fromEntries(entries) as Record<string, string>, body };
}
