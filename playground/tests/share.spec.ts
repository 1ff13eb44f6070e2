import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { answers, openBench, type, write } from "./bench.ts";
import { expect, test } from "./playground.ts";

const run = promisify(execFile);
const hash = (value: unknown, version = "v1") => `#${version}.${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;

async function share(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Copy a link to this" }).click();
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#v1\./);
  return new URL(page.url()).hash;
}

test("a link brings example, operation and input", async ({ page, context }) => {
  await openBench(page);
  await page.getByRole("button", { name: "Extism in C" }).click();
  await page.getByLabel("Operation", { exact: true }).selectOption("host");
  await page.getByLabel("Input", { exact: true }).fill("stressed");
  await expect(page.locator("#answer")).toHaveText("desserts");
  const link = await share(page);
  const other = await context.newPage();
  await openBench(other, link);
  await expect(other.locator("#answer")).toHaveText("desserts");
  await expect(other.getByRole("button", { name: "Extism in C" })).toHaveAttribute("aria-pressed", "true");
});

test("a link brings code, which does not run before somebody says so", async ({ page, context }) => {
  await openBench(page);
  await write(page, "WAT");
  await type(page, '(module (func (export "answer") (result i32) (i32.const 42)))');
  await page.getByLabel("Input", { exact: true }).fill("");
  await expect(page.locator("#answer")).toHaveText("42");
  const link = await share(page);
  const other = await context.newPage();
  const sent: string[] = [];
  other.on("request", (request) => sent.push(request.url()));
  await openBench(other, link);
  await expect(other.locator("#outcome-body")).toHaveText("This code came with the link. Read it, then press Run.");
  await expect(other.locator("#editor .cm-content")).toContainText("i32.const 42");
  await expect(other.getByLabel("Operation, by name")).toHaveValue("answer");
  await other.getByLabel("Input", { exact: true }).fill(" ");
  expect(sent.filter((url) => url.includes("/berths/"))).toEqual([]);
  await other.getByRole("button", { name: "Run", exact: true }).click();
  await answers(other);
  await expect(other.locator("#answer")).toHaveText("42");
});

const ANSWER = { language: "wat", text: '(module (func (export "answer") (result i32) (i32.const 42)))' };

test("code of a link waits for Run, whatever else is pressed meanwhile", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url()));
  await openBench(page, hash({ op: "answer", form: "text", text: "", code: ANSWER }));
  await expect(page.locator("#outcome-body")).toContainText("press Run");
  await page.getByRole("button", { name: "WAT", exact: true }).click();
  await expect(page.locator("#compiled")).toHaveText("Not compiled yet: press Run.");
  await page.waitForTimeout(1_000);
  expect(sent.filter((url) => url.includes("/berths/"))).toEqual([]);
  // Another language is of the page's own; who comes back finds the code as it was.
  await page.getByRole("button", { name: "AssemblyScript", exact: true }).click();
  await answers(page);
  await page.getByRole("button", { name: "WAT", exact: true }).click();
  await expect(page.locator("#compiled")).toHaveText("Not compiled yet: press Run.");
  await page.waitForTimeout(1_000);
  await expect(page.locator("#answer")).not.toHaveText("42");
  await page.getByLabel("Input", { exact: true }).fill("");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(page.locator("#compiled")).toHaveText(/^Compiled in/);
  await page.getByLabel("Operation", { exact: true }).selectOption("answer");
  await expect(page.locator("#answer")).toHaveText("42");
});

test("a link that is followed in the tab of the workbench is followed", async ({ page }) => {
  await openBench(page);
  await page.evaluate((link) => void (location.hash = link), hash({ op: "upper", form: "text", text: "another", example: "packed-c" }));
  await expect(page.locator("#answer")).toHaveText("ANOTHER");
});

test("a link whose editor cannot be fetched says so", async ({ page }) => {
  await page.route(/writer[^/]*\.js/, (route) => route.abort());
  await openBench(page, hash({ op: "answer", form: "text", text: "", code: ANSWER }));
  await expect(page.locator("#outcome-body")).toContainText("Failed to fetch");
});

test("what a link cannot hold is not put into one", async ({ page }) => {
  await openBench(page);
  const input = page.getByLabel("Input", { exact: true });
  const said = page.locator("#share");
  for (const text of ["a".repeat(300_000), Array.from({ length: 30_000 }, (_, i) => (i * 2_654_435_761).toString(36)).join("")]) {
    await input.fill(text);
    await page.getByRole("button", { name: "Copy a link to this" }).click();
    await expect(said).toHaveText("It is too long for a link");
    await expect(said).toHaveText("Copy a link to this");
  }
  // Only the beginning of a file that is no text is seen, and that is another input.
  await page.locator("#input-file").setInputFiles({ name: "x.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(2_000, 0xff) });
  await expect(page.locator("#input-said")).toHaveText("2,000 bytes");
  await page.getByRole("button", { name: "Copy a link to this" }).click();
  await expect(said).toHaveText("A file cannot be linked to");
});

test("characters that turn the reading around are seen in code and names", async ({ page }) => {
  await openBench(page, hash({ op: "f", form: "text", text: "", code: { language: "wat", text: ";; \u202e\u2066 (module)" } }));
  await expect(page.locator("#editor .cm-specialChar")).toHaveCount(2);
  await page.getByRole("button", { name: "Choose", exact: true }).click();
  await page.locator("#file").setInputFiles({ name: "a\u202emsaw.wasm", mimeType: "application/wasm", buffer: Buffer.from("no module") });
  await expect(page.locator("#subject")).toHaveText("a\\u{202e}msaw.wasm, 9 bytes");
});

test("hex of a link is the same bytes as text", async ({ page }) => {
  await openBench(page, hash({ op: "echo", form: "hex", text: "48 69", example: "packed-c" }));
  await expect(page.locator("#answer")).toHaveText("Hi");
  await page.locator("[name=form][value=text]").check();
  await expect(page.getByLabel("Input", { exact: true })).toHaveValue("Hi");
});

test("no name and no input is code of a snippet", async ({ page }) => {
  await openBench(page, hash({ op: "add", form: "text", text: "1, run()", example: "plain-c" }));
  await expect(page.locator("#snippet")).toContainText('plugin.call("add", "1, run()", { as: "text" })');
  await page.locator("[data-snippet=edge]").click();
  await page.locator("#file").setInputFiles({ name: 'a";run();".wasm', mimeType: "application/wasm", buffer: Buffer.from("no module") });
  await expect(page.locator("#snippet")).toContainText('import module from "./a\\";run();\\".wasm";');
});

const call = { op: "upper", form: "text", text: "x" };
for (const [what, link, said] of [
  ["a newer version", hash({ ...call, example: "packed-as" }, "v2"), "another version"],
  ["no base64", "#v1.!!!", "broken"],
  ["half of it", hash({ ...call, example: "packed-as" }).slice(0, 20), "broken"],
  ["too much to unpack", `#v1.${deflateRawSync(Buffer.alloc(8_000_000, 0x20)).toString("base64url")}`, "broken"],
  ["too long", `#v1.${"A".repeat(60_000)}`, "longer than any"],
  ["another shape", hash({ ...call, code: { language: "cobol", text: "" } }), "does not say what"],
  ["an input that is no text", hash({ ...call, text: { toString: 1 }, example: "packed-as" }), "does not say what"],
  ["a guest that is not there", hash({ ...call, example: "../../etc/passwd" }), "not here"],
] as const) {
  test(`a link that is wrong is said to be: ${what}`, async ({ page }) => {
    await openBench(page, link);
    await expect(page.locator("#outcome-body")).toContainText(said);
  });
}

test("markup in a link is text", async ({ page }) => {
  const html = "<img src=x onerror=alert(1)>";
  await openBench(page, hash({ op: html, form: "text", text: html, example: "packed-as" }));
  await expect(page.getByLabel("Input", { exact: true })).toHaveValue(html);
  await expect(page.locator("main img")).toHaveCount(0);
});

test("a file of one's own is not put into a link", async ({ page }) => {
  await openBench(page);
  await page.locator("#file").setInputFiles(fileURLToPath(new URL("../../guests/dist/plain-c.wasm", import.meta.url)));
  await expect(page.locator("#subject")).toContainText("plain-c.wasm");
  await page.getByRole("button", { name: "Copy a link to this" }).click();
  await expect(page.locator("#share")).toHaveText("A file cannot be linked to");
});

test("the snippets are programs: Node's answers as the lanes do", async ({ page }) => {
  await openBench(page);
  const folder = await mkdtemp(fileURLToPath(new URL("../.snippet-", import.meta.url)));
  try {
    for (const [title, file, answer] of [
      ["packed in AssemblyScript", "packed-as", "GRüßE FROM A WET ROCK"],
      ["waPC in C", "wapc-c", "GRüßE FROM A WET ROCK"],
      ["plain in WAT", "plain-wat", "5"],
    ] as const) {
      await page.getByRole("button", { name: title }).click();
      await expect(page.locator("#answer")).toHaveText(answer);
      await page.locator("[data-snippet=node]").click();
      await expect(page.locator("#snippet")).toContainText(`./${file}.wasm`);
      await cp(new URL(`../../guests/dist/${file}.wasm`, import.meta.url), `${folder}/${file}.wasm`);
      await writeFile(`${folder}/${file}.mjs`, (await page.locator("#snippet").textContent())!);
      expect((await run(process.execPath, [`${file}.mjs`], { cwd: folder })).stdout.trim()).toBe(answer);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  await page.locator("[data-snippet=edge]").click();
  await expect(page.locator("#snippet")).toContainText('import module from "./plain-wat.wasm";');
  await page.locator("[data-snippet=browser]").click();
  await expect(page.locator("#snippet")).toContainText('host.load("/plain-wat.wasm")');
});
