import { expect, test } from "vitest";
import { ANY_ERROR, attackBinaries, attacks, laterAttacks, type Target } from "./index.ts";

test("each row has a name of its own, and a reason where it waits", () => {
  const names = [...attacks, ...laterAttacks].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(attacks.length).toBeGreaterThan(120);
  expect(laterAttacks.filter(({ reason, expected }) => reason.length < 20 || expected === "")).toEqual([]);
});

test("what is compiled ahead of time is valid: an attack is made of what it does, not of broken bytes", () => {
  const broken = attackBinaries().filter(({ bytes }) => !WebAssembly.validate(bytes() as Uint8Array<ArrayBuffer>));
  expect(broken.map(({ name }) => name)).toEqual([]);
});

test("names of binaries stand for one module each", () => {
  const named = new Map<string, Uint8Array>();
  for (const { name, bytes } of attacks.flatMap(({ binaries = [] }) => binaries)) {
    const known = named.get(name);
    if (known) expect(bytes(), name).toEqual(known);
    named.set(name, bytes());
  }
});

/** A host that takes anything, and answers everything alike. */
const lax = (answer: unknown): Target => ({
  functionsUrl: new URL("file:///functions.mjs"),
  typed: () => undefined,
  load: async () => ({ call: async () => answer, dispose: async () => {}, swap: async () => {} }),
});

/** A host that refuses everything, with the same code. */
const strict = (code: string): Target => ({
  functionsUrl: new URL("file:///functions.mjs"),
  typed: () => ({ code, details: {} }),
  load: async () => Promise.reject(new Error("no")),
});

/** Those rows that the target gets past. */
async function survivedBy(target: Target): Promise<string[]> {
  const names = await Promise.all(attacks.map(async ({ name, run }) => run(target).then(() => [name], () => [])));
  return names.flat();
}

test("a host that takes anything survives only what may be answered by chance", async () => {
  const past = await survivedBy(lax("?"));
  expect(past.filter((name) => !/^load: (one function|50,000 blocks|a br_table|10,000 functions)/.test(name))).toEqual([]);
});

test("a host that refuses everything, or has a code for nothing, survives no row that must answer", async () => {
  const answers = attacks.filter((attack) => attack.answers).map(({ name }) => name);
  for (const code of ["internal", "trap"]) expect((await survivedBy(strict(code))).filter((name) => answers.includes(name))).toEqual([]);
  expect(await survivedBy({ ...strict(""), typed: () => undefined })).toEqual([]);
  expect((await survivedBy(strict(ANY_ERROR))).length).toBeGreaterThan(30);
});
