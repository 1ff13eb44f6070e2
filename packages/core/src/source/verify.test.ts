import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, verify } from "./verify.ts";

const bytes = new TextEncoder().encode("alert('Hello, world.');");
const sri = (algorithm: string, data: Uint8Array = bytes): string => `${algorithm}-${createHash(algorithm).update(data).digest("base64")}`;
const other = new TextEncoder().encode("other");

test("the digest is what everybody else's tools say", async () => {
  for (const algorithm of ["sha256", "sha384", "sha512"] as const) expect(await digest(bytes, algorithm)).toBe(sri(algorithm));
  expect(await digest(new Uint8Array(0))).toBe("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  // The example of the specification.
  expect(await digest(bytes, "sha384")).toBe("sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO");
});

describe("holds", () => {
  test.each([
    ["each algorithm", sri("sha256")],
    ["", sri("sha384")],
    ["", sri("sha512")],
    ["space around it", ` \t\n${sri("sha256")}  `],
    ["options, which nobody defined yet", `${sri("sha256")}?ct=application/wasm`],
    ["several, of which one is right", `${sri("sha256", other)} ${sri("sha256")}`],
    ["several, apart by any space", `${sri("sha256", other)}\n\t${sri("sha256")}`],
    ["the strongest alone counts", `${sri("sha256", other)} ${sri("sha384", other)} ${sri("sha512")}`],
  ])("%s", async (_name, integrity) => {
    await expect(verify(bytes, integrity)).resolves.toBeUndefined();
  });
});

describe("does not hold", () => {
  test.each([
    ["of other bytes", sri("sha256", other)],
    ["a weaker one is right, the strongest is not", `${sri("sha256")} ${sri("sha512", other)}`],
    ["of the right bytes under another name", sri("sha256").replace("sha256", "sha384")],
    ["cut short", "sha256-47DE"],
    ["without its padding", sri("sha256").replace("=", "")],
    ["with more padding", `${sri("sha256")}=`],
  ])("%s", async (_name, integrity) => {
    await expect(verify(bytes, integrity)).rejects.toMatchObject({ code: "integrity", details: { actual: expect.stringMatching(/^sha(256|384|512)-/), wanted: expect.any(Array) } });
  });

  test("whichever bit has changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat(), async (data, at) => {
        const wanted = await digest(data);
        await verify(data, wanted);
        const changed = data.slice();
        changed[(at >> 3) % data.length]! ^= 1 << (at & 7);
        await expect(verify(changed, wanted)).rejects.toMatchObject({ code: "integrity" });
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe("cannot be checked, and so is refused, not ignored", () => {
  test.each([
    "",
    " ",
    "sha256",
    "sha256-",
    "sha256-=",
    "sha256-====",
    "-47DE",
    "md5-1B2M2Y8AsgTpgAmY7PhCfg==",
    "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "sha3-256-47DE",
    "SHA256-47DE",
    "sha-256-47DE",
    sri("sha256").slice(7),
    `${sri("sha256")} md5-1B2M2Y8AsgTpgAmY7PhCfg==`,
    `${sri("sha256")},${sri("sha256")}`,
    `sha256-${createHash("sha256").update(bytes).digest("hex")}!`,
    "sha256-47DEQpj8HBSa_-TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
    `"${sri("sha256")}"`,
    "sha256-\0",
    "__proto__-AAAA",
    "constructor-AAAA",
  ])("%j", async (integrity) => {
    await expect(verify(bytes, integrity)).rejects.toMatchObject({ code: "invalid_option" });
  });

  test("at once, however long it is", async () => {
    const started = performance.now();
    await expect(verify(bytes, `sha256-${"A".repeat(1_000_000)}!`)).rejects.toMatchObject({ code: "invalid_option" });
    await expect(verify(bytes, `sha256-${"=".repeat(1_000_000)}`)).rejects.toMatchObject({ code: "invalid_option" });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
