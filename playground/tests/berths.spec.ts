import { readFile } from "node:fs/promises";
import { expect, test } from "./playground.ts";

const bytes = { "content-type": "application/octet-stream" };
const guest = (name: string) => readFile(new URL(`../../guests/dist/${name}.wasm`, import.meta.url));

/** (module (func $s (loop (br 0))) (start $s) (func (export "f"))) */
const STARTS_FOR_EVER = Buffer.from("0061736d010000000104016000000303020000070501016600010801000a0c02070003400c000b0b02000b", "hex");

async function put(playground: string, plugin: Uint8Array): Promise<string> {
  const response = await fetch(`${playground}berths/plugins`, { method: "POST", headers: bytes, body: new Uint8Array(plugin) });
  return ((await response.json()) as { digest: string }).digest;
}

const run = (playground: string, berth: string, plugin: string, op: string, input: string, part = "") =>
  fetch(`${playground}berths/${berth}${part}?${new URLSearchParams({ plugin, op })}`, { method: "POST", headers: bytes, body: input });

for (const berth of ["node", "workerd"]) {
  test(`the ${berth} berth runs plugins of every ABI that it is sent`, async ({ playground }) => {
    for (const [name, op, input, output] of [
      ["packed-as", "upper", "straße", "STRAßE"],
      ["extism-c", "host", "stressed", "desserts"],
      ["wapc-wat", "upper", "tea", "TEA"],
      ["plain-c", "add64", "[9007199254740993, 3]", "9007199254740996"],
    ] as const) {
      const digest = await put(playground, await guest(name));
      const response = await run(playground, berth, digest, op, input);
      expect(await response.text(), name).toBe(output);
      expect(response.headers.get("server-timing")).toMatch(/^cold;dur=[\d.]+$/);
      expect(await (await run(playground, berth, digest, op, input, "/timings")).json()).toMatchObject({ p50us: expect.any(Number), p95us: expect.any(Number) });
    }
  });

  test(`the ${berth} berth gets over a plugin that never returns`, async ({ playground }) => {
    const digest = await put(playground, await guest("packed-c"));
    const stuck = await run(playground, berth, digest, "spin", "");
    expect(stuck.status).toBe(422);
    expect(await stuck.json()).toMatchObject({ code: "aborted", message: expect.stringMatching(/did not return within 3 s.* ended/) });
    expect(await (await run(playground, berth, digest, "upper", "next")).text()).toBe("NEXT");
    const never = await put(playground, STARTS_FOR_EVER);
    expect(await (await run(playground, berth, never, "f", "")).json()).toMatchObject({ code: "aborted" });
    expect(await (await run(playground, berth, digest, "upper", "again")).text()).toBe("AGAIN");
  });

  test(`the ${berth} berth gives the plugin's errors as they are, and none of its state`, async ({ playground }) => {
    const digest = await put(playground, await guest("packed-c"));
    const trapped = await run(playground, berth, digest, "trap", "");
    expect(await trapped.json()).toMatchObject({ name: "IsopodError", code: "trap", cause: { name: "RuntimeError" } });
    for (let i = 0; i < 2; i++) expect(await (await run(playground, berth, digest, "count", "")).text()).toBe("1");
  });
}

test("a plugin that the server does not keep is asked for again", async ({ playground }) => {
  for (const digest of ["", "0".repeat(64), "__proto__"]) expect((await run(playground, "node", digest, "upper", "x")).status).toBe(410);
});

test("berths bound what they take, and refuse what is not of their own page", async ({ playground }) => {
  const url = `${playground}berths/plugins`;
  const post = (init: RequestInit) => fetch(url, { method: "POST", ...init }).then(({ status }) => status);
  expect(await post({ headers: bytes, body: new Uint8Array(16 * 1024 * 1024 + 1) })).toBe(413);
  expect(await post({ headers: { "content-type": "text/plain" }, body: "x" })).toBe(415);
  expect(await post({ headers: { ...bytes, "sec-fetch-site": "cross-site" }, body: "x" })).toBe(403);
  expect(await post({ headers: { ...bytes, origin: "http://evil.example" }, body: "x" })).toBe(403);
  expect((await fetch(url)).status).toBe(405);
  for (const name of ["", "constructor", "page"]) expect((await fetch(`${playground}berths/${name}`, { method: "POST", headers: bytes, body: "x" })).status).toBe(404);
  const digest = await put(playground, await guest("packed-wat"));
  expect((await run(playground, "node", digest, "upper", "x".repeat(2 * 1024 * 1024 + 1))).status).toBe(413);
  expect((await run(playground, "node", digest, "upper", "x", "/nothing")).status).toBe(404);
});
