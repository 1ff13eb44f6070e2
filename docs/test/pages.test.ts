import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { CODES } from "../../packages/core/src/errors.ts";
import { docs, snippets } from "./run.ts";

const FOLDERS = ["start", "guide", "plugins", "abi", "from"];

/** What runs: these snippets; templates, which create-isopod's own tests build and start; the kits' examples, which are guests. */
const TESTED = ["docs/snippets/", "packages/create-isopod/templates/", "guests/sdk/"];

const root = resolve(docs, "..");
const names = ["index.md", ...(await Promise.all(FOLDERS.map(async (folder) => (await readdir(join(docs, folder))).map((name) => `${folder}/${name}`)))).flat()];
const pages = await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(docs, name), "utf8") })));
const imports = pages.flatMap(({ name, text }) =>
  [...text.matchAll(/^<<< (\S+?)(?:#([\w-]+))?(?:\{\w+\})?(?: \[.*\])?$/gm)].map(([, path = "", region]) => ({ name, path: resolve(docs, path.replace("@/", "")).slice(root.length + 1).replaceAll("\\", "/"), region })),
);

test("no code is typed into a page, but for the shell", () => {
  const typed = pages.flatMap(({ name, text }) => {
    const fences = [...text.matchAll(/^\s*(?:```|~~~)(.*)$/gm)].map(([, language]) => language);
    return fences.filter((language, index) => index % 2 === 0 && language !== "sh").map((language) => `${name}: ${language}`);
  });
  expect(typed).toEqual([]);
  expect(pages.filter(({ text }) => /<pre|^ {4}\S.*[;{]$/m.test(text)).map(({ name }) => name)).toEqual([]);
});

test("every line that takes code in is understood here", () => {
  expect(imports.length).toBe(pages.flatMap(({ text }) => [...text.matchAll(/^<<</gm)]).length);
  expect(imports.length).toBeGreaterThan(60);
});

test("what pages take in is there, with its region, and is run by tests", async () => {
  for (const { name, path, region } of imports) {
    expect([name, path, TESTED.some((folder) => path.startsWith(folder)) && existsSync(join(root, path))]).toEqual([name, path, true]);
    if (region) expect([path, region, (await readFile(join(root, path), "utf8")).match(new RegExp(`^// #(?:end)?region ${region}$`, "gm"))?.length]).toEqual([path, region, 2]);
  }
});

test("every snippet is on a page", async () => {
  const shown = new Set(imports.map(({ path }) => path));
  const all = (await Promise.all(["node", "browser", "edge", "abi", "from"].map(async (folder) => (await snippets(folder)).map((name) => `docs/snippets/${folder}/${name}`)))).flat();
  const unshown = all.filter((name) => !shown.has(name) && !name.endsWith(".d.ts"));
  expect(unshown).toEqual(["docs/snippets/browser/functions.ts"]); // the same module as Node's
  expect(await readFile(join(docs, "snippets/browser/functions.ts"), "utf8")).toBe(await readFile(join(docs, "snippets/node/functions.ts"), "utf8"));
});

test("READMEs that pages take in begin with their title, which most pages leave out", async () => {
  for (const { name, text } of pages) {
    for (const [, path = ""] of text.matchAll(/<!--@include: (\S+?)(?:\{2,\})?-->/g)) {
      expect([name, (await readFile(resolve(docs, name, "..", path), "utf8")).split("\n", 2)]).toEqual([name, [expect.stringMatching(/^# \S/), ""]]);
    }
  }
});

test("the page of errors has each code, and says what errors.ts says of it", () => {
  const { text } = pages.find(({ name }) => name === "guide/errors.md")!;
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\w+) \| ([\w ]+) \|/gm)].map(([, code, fault, instance]) => [code, [fault, instance === "thrown away"]]);
  expect(Object.fromEntries(rows)).toEqual(CODES);
  expect(rows.length).toBe(Object.keys(CODES).length);
});
