import { expect, test } from "./playground.ts";

const headers = { "content-type": "application/octet-stream" };

for (const shore of ["node", "edge"]) {
  test(`${shore}: attacks at the same time cost an error each, and the process answers`, async ({ playground }) => {
    const ask = (op: string, more: RequestInit = {}) => fetch(`${playground}hostile/${shore}?op=${op}`, { method: "POST", headers, ...more });
    const responses = await Promise.all(["loop", "bomb", "nag", "version", "loop"].map(async (op) => (await ask(op)).json()));
    expect(responses.map(({ error }) => error?.details?.limit)).toEqual(["fuel", "memory", "hostCalls", undefined, "fuel"]);
    for (const { next } of responses) expect(next).toBe("version 01");
  });

  test(`${shore}: it takes what the guest has, from its own page, and nothing else`, async ({ playground }) => {
    const url = `${playground}hostile/${shore}?op=version`;
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url, { method: "POST", headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await fetch(url, { method: "POST", headers, body: "x" })).status).toBe(413);
    expect((await fetch(url, { method: "POST", headers: { ...headers, origin: "http://evil.example" } })).status).toBe(403);
    for (const op of ["", "malloc", "constructor", "__proto__"]) expect((await fetch(`${playground}hostile/${shore}?op=${op}`, { method: "POST", headers })).status, op).toBe(404);
  });
}

test("there is no other shore", async ({ playground }) => {
  for (const name of ["", "page", "constructor", "node/more"]) expect((await fetch(`${playground}hostile/${name}?op=version`, { method: "POST", headers })).status, name).toBe(404);
});
