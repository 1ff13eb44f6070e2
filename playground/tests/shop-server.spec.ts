import { readFile } from "node:fs/promises";
import { digest } from "@isopod/core";
import wabt from "wabt";
import { expect, test } from "./playground.ts";

const headers = { "content-type": "application/octet-stream" };
const rules = new Uint8Array(await readFile(new URL("../../guests/dist/shop-rules.wasm", import.meta.url)));

const send = (url: string, body: Uint8Array | string, more: Record<string, string> = {}) => fetch(url, { method: "POST", body: body as BodyInit, headers: { ...headers, ...more } });

/** Rules that take about a second, and have nothing to say. */
async function slowRules(): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  const module = parseWat(
    "slow.wat",
    `(module
      (memory (export "memory") 1)
      (func (export "malloc") (param i32) (result i32) (i32.const 1024))
      (func (export "check") (param i32 i32) (result i64)
        (local $i i64)
        (if (local.get 1) (then
          (loop $again
            (local.set $i (i64.add (local.get $i) (i64.const 1)))
            (br_if $again (i64.lt_u (local.get $i) (i64.const 600000000))))))
        (i64.const 0)))`,
  );
  try {
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

for (const where of ["edge", "node"]) {
  test(`a call in flight ends on the rules that it began with: ${where}`, async ({ playground }) => {
    const page = `page=in-flight-${where}`;
    const slow = await slowRules();
    expect(await (await send(`${playground}shop/rules?${page}`, slow)).json()).toEqual({ digest: await digest(slow) });
    const order: string[] = [];
    const long = send(`${playground}shop/${where}?${page}`, "pieces=9").then((response) => (order.push("long"), response));
    await new Promise((resolve) => setTimeout(resolve, 150));
    const published = send(`${playground}shop/rules?${page}`, rules).then(async () => {
      order.push("published");
      return (await send(`${playground}shop/${where}?${page}`, "pieces=9")).json();
    });
    expect(await (await long).json()).toEqual({ rules: await digest(slow), wrong: "" });
    expect(await published).toEqual({ rules: await digest(rules), wrong: "pieces=From 1 to 5 pieces.\n" });
    // workerd has one thread, and takes what comes when that is free; Node need not wait.
    if (where === "node") expect(order[0]).toBe("published");
  });
}

test("each page has rules of its own, and the one that was not here for longest sends its again", async ({ playground }) => {
  const ids = Array.from({ length: 9 }, (_, i) => `page-of-nine-${i}`);
  for (const id of ids) expect((await send(`${playground}shop/rules?page=${id}`, rules)).status).toBe(200);
  for (const where of ["edge", "node"]) {
    expect((await send(`${playground}shop/${where}?page=${ids[0]}`, "pieces=9")).status).toBe(410);
    expect(await (await send(`${playground}shop/${where}?page=${ids[8]}`, "pieces=9")).json()).toEqual({ rules: await digest(rules), wrong: "pieces=From 1 to 5 pieces.\n" });
  }
});

test("rules that are none are refused, and those before stay in force", async ({ playground }) => {
  const page = "page=refused-rules";
  expect((await send(`${playground}shop/rules?${page}`, rules)).status).toBe(200);
  expect((await send(`${playground}shop/rules?${page}`, "no plugin")).status).toBe(422);
  for (const where of ["edge", "node"]) expect(await (await send(`${playground}shop/${where}?${page}`, "")).json()).toEqual({ rules: await digest(rules), wrong: "" });
});

test("the shop answers its own pages only, and bounds what it takes", async ({ playground }) => {
  const page = "page=bounds-and-origins";
  for (const part of ["rules", "edge", "node"]) {
    const url = `${playground}shop/${part}?${page}`;
    expect((await send(url, rules, { origin: "http://evil.example" })).status, part).toBe(403);
    expect((await send(url, "", { "content-type": "text/plain" })).status, part).toBe(415);
    expect((await fetch(url)).status, part).toBe(405);
    expect((await send(url, new Uint8Array(1024 * 1024 + 1))).status, part).toBe(413);
    expect((await send(`${playground}shop/${part}?page=..%2F..`, "")).status, part).toBe(400);
  }
  for (const part of ["", "constructor", "node/timings"]) expect((await send(`${playground}shop/${part}?${page}`, "")).status, part).toBe(404);
});
