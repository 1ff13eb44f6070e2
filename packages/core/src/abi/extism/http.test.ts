import { expect, test } from "vitest";
import type { FunctionEntry } from "../../capability/functions.ts";
import { HTTP } from "../../capability/http.ts";
import { Scope } from "../../capability/scope.ts";
import { Call } from "../../contract/call.ts";
import { encode } from "../../memory/text.ts";
import type { Services } from "../abi.ts";
import { httpImports } from "./http.ts";
import { Kernel } from "./kernel.ts";

/** A response as `capability/http.ts` packs it. */
function packed(head: object, body: string): Uint8Array {
  const text = encode(JSON.stringify(head));
  return new Uint8Array([text.length, 0, 0, 0, ...text, ...encode(body)]);
}

test("status and headers are those of the call's own last request, and none before it", () => {
  const scope = new Scope();
  const kernel = new Kernel({ module: undefined });
  let answer = (): Uint8Array => packed({ status: 201, headers: { etag: "secret" } }, "made");
  const entry: FunctionEntry = { ...HTTP, suspends: false, run: () => answer() };
  const { functions } = httpImports(kernel, { scope, functions: new Map([[HTTP.namespace, new Map([[HTTP.name, entry]])]]) } as unknown as Services);
  const [request, status, headers] = ["http_request", "http_status_code", "http_headers"].map((name) => functions[name] as (...args: bigint[]) => bigint | number);
  const seen = (): unknown[] => [status!(), kernel.readText(headers!() as bigint)];
  const ask = (): string => kernel.readText(request!(kernel.writeText('{"url":"https://example.com"}'), 0n) as bigint);
  const begin = (): void => {
    scope.call = new Call("op", undefined);
    kernel.begin(new Uint8Array(0));
  };

  begin();
  expect([seen(), ask(), seen()]).toEqual([[0, "{}"], "made", [201, '{"etag":"secret"}']]);
  begin();
  expect(seen()).toEqual([0, "{}"]);
  begin();
  expect([ask(), seen()]).toEqual(["made", [201, '{"etag":"secret"}']]);
  answer = () => {
    throw new Error("nobody there");
  };
  expect(ask).toThrow(expect.objectContaining({ code: "host_function" }));
  expect(seen()).toEqual([0, "{}"]);
});
