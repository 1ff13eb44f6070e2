import { readFile } from "node:fs/promises";
import { answers, LANES, openBench } from "./bench.ts";
import { expect, test } from "./playground.ts";

const guest = (name: string) => new URL(`../../guests/dist/${name}.wasm`, import.meta.url).pathname;

test("the first example runs on four shores, with its times", async ({ page }) => {
  await openBench(page);
  await expect(page.locator("#answer")).toHaveText("GRüßE FROM A WET ROCK");
  for (const lane of LANES) {
    for (const part of ["p50", "p95", "cold"]) await expect(page.locator(`[data-lane=${lane}] [data-part=${part}]`)).toHaveText(/^\d[\d.]* (µs|ms|s)$/);
  }
});

test("every ABI, by one click each", async ({ page }) => {
  await openBench(page);
  for (const [name, abi, answer] of [
    ["Extism in C", "extism", "GRüßE FROM A WET ROCK"],
    ["waPC in WAT", "wapc", "GRüßE FROM A WET ROCK"],
    ["plain in AssemblyScript", "plain", "5"],
    ["Record validator", "extism", '"date":"calendar"'],
  ] as const) {
    await page.getByRole("button", { name }).click();
    await expect(page.locator("[data-about=abi]")).toHaveText(abi);
    await expect(page.locator("#answer")).toContainText(answer);
    await answers(page);
  }
});

test("a file of one's own, another operation, another input", async ({ page }) => {
  await openBench(page);
  await page.locator("#file").setInputFiles(guest("packed-c"));
  await expect(page.locator("#subject")).toHaveText("packed-c.wasm, 2,776 bytes");
  await expect(page.locator("#op option", { hasText: "upper" })).toHaveText("upper: ASCII letters become capitals");
  await page.getByLabel("Operation", { exact: true }).selectOption({ label: "host: asks the host to reverse it" });
  await page.getByLabel("Input", { exact: true }).fill("stressed");
  await expect(page.locator("#answer")).toHaveText("desserts");
  await answers(page);
});

test("a file that is dropped anywhere is taken", async ({ page }) => {
  await openBench(page);
  const bytes = [...(await readFile(guest("plain-wat")))];
  await page.evaluate((list) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(list)], "dropped.wasm"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, bytes);
  await expect(page.locator("#subject")).toHaveText("dropped.wasm, 156 bytes");
  await expect(page.locator("[data-about=abi]")).toHaveText("plain");
});

test("text that is dragged into the input is not kept from it", async ({ page }) => {
  await openBench(page);
  const prevented = await page.locator("#input").evaluate((input) =>
    ["dragover", "drop"].map((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData("text/plain", "dragged");
      return !input.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }),
  );
  expect(prevented).toEqual([false, false]);
});

test("input as JSON, as hex and from a file", async ({ page }) => {
  await openBench(page);
  await page.getByLabel("Operation", { exact: true }).selectOption("echo");
  const input = page.getByLabel("Input", { exact: true });
  await page.getByLabel("JSON").check();
  await input.fill('{"a":');
  await expect(page.locator("#input-said")).toContainText("This is not JSON");
  await input.fill('{"a":1}');
  await page.locator("#answer-forms").getByRole("button", { name: "JSON" }).click();
  await expect(page.locator("#answer")).toHaveText('{ "a": 1 }');
  await page.getByLabel("hex").check();
  await expect(input).toHaveValue("7b 22 61 22 3a 31 7d");
  await input.fill("00 ff zz");
  await expect(page.locator("#input-said")).toContainText("no hexadecimal digit");
  await input.fill("00 ff 80");
  await page.locator("#answer-forms").getByRole("button", { name: "hex" }).click();
  await expect(page.locator("#answer")).toHaveText("00 ff 80");
  await page.locator("#input-file").setInputFiles({ name: "x.bin", mimeType: "application/octet-stream", buffer: Buffer.from([1, 2, 255]) });
  await expect(page.locator("#answer")).toHaveText("01 02 ff");
  await answers(page);
});

test("what it is: ABI and reason, imports and exports with their types", async ({ page }) => {
  await openBench(page);
  await expect(page.locator("[data-about=reason]")).toContainText("it exports memory, malloc and (i32, i32) -> i64");
  await expect(page.locator("#imports tr").filter({ hasText: "reverse" })).toContainText("(i32, i32) -> i64");
  await expect(page.locator("#exports tr").filter({ hasText: "upper" })).toContainText("(i32, i32) -> i64");
  await page.getByRole("button", { name: "packed in WAT" }).click();
  await expect(page.locator("#imports")).toContainText("reverse");
});

test("memory, with argument and result where they lie", async ({ page }) => {
  await openBench(page);
  await page.getByRole("button", { name: "packed in WAT" }).click();
  await expect(page.locator("#memory-said")).toHaveText("argument 23 bytes at 264. result 23 bytes at 296. 2 pages of 64 KiB. ");
  await expect(page.locator("#memory mark[data-mark=result]").first()).toHaveText(/^47 52 c3 bc/);
  await page.getByRole("button", { name: "waPC in WAT" }).click();
  await expect(page.locator("#memory-said")).toHaveText(/^argument 23 bytes at [\d,]+\. result 23 bytes at [\d,]+\./);
  await page.getByRole("button", { name: "Extism in WAT" }).click();
  await expect(page.locator("#memory-said")).toContainText("this is the kernel’s");
  await page.getByRole("button", { name: "plain in WAT" }).click();
  await expect(page.locator("#memory-said")).toContainText("It has no memory: numbers go in");
});

test("an error says what happened, whose it is and what to do", async ({ page }) => {
  await openBench(page);
  await page.getByRole("button", { name: "Wants too much" }).click();
  await expect(page.locator("#agreement")).toHaveText("Four identical errorsmissing_import");
  const body = page.locator("#outcome-body");
  await expect(body).toContainText("It asks for what nobody lends it missing_import");
  await expect(body).toContainText("the plugin imports foo.bar");
  await expect(body).toContainText("It is the caller’s to mend. Give it these functions");
  await expect(page.locator("#imports")).toContainText("constructor");
  await page.getByRole("button", { name: "packed in C" }).click();
  await page.getByLabel("Operation", { exact: true }).selectOption("trap");
  await expect(body).toContainText("It broke off trap");
  await expect(body.locator("details pre")).toBeHidden();
  await body.locator("summary").click();
  await expect(body.locator("details pre").first()).toContainText("RuntimeError");
});

test("a plugin that never returns costs three lanes nothing, and never enters the page", async ({ page }) => {
  await openBench(page);
  await page.getByRole("button", { name: "packed in C" }).click();
  await page.getByLabel("Operation", { exact: true }).selectOption("spin");
  await expect(page.locator("#agreement")).toHaveText("Three identical errorsaborted", { timeout: 30_000 });
  await expect(page.locator("[data-lane=page] .sentence")).toContainText("Not run here: it did not return in the Web Worker");
  await expect(page.locator("[data-lane=worker] .sentence")).toContainText("so its worker was ended (aborted)");
  await expect(page.locator("[data-lane=workerd] .sentence")).toContainText("froze workerd, which was ended and started again (aborted)");
  await expect(page.locator("[data-lane=node] .sentence")).toContainText("so its worker thread was ended (aborted)");
  await page.getByLabel("Operation", { exact: true }).selectOption("upper");
  await answers(page);
});

test("answers that differ are seen to differ", async ({ page }) => {
  await page.route("**/berths/node?*", (route) => route.fulfill({ body: "other", contentType: "application/octet-stream" }));
  await page.goto("/workbench.html");
  await expect(page.locator("#agreement")).toHaveText("The answers differ");
  await expect(page.locator("[data-lane=node]")).toHaveAttribute("data-differs", "true");
});

test("a plugin with more functions than anybody lists, and a name as long as a book, holds up nothing", async ({ page }) => {
  const leb = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)]);
  const section = (id: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([id, ...leb(body.length)]), body]);
  const names = ["x".repeat(100_000), ...Array.from({ length: 40_000 }, (_, i) => `f${i}`)];
  const exports = Buffer.concat([Buffer.from(leb(names.length)), ...names.flatMap((name) => [Buffer.from(leb(name.length)), Buffer.from(name), Buffer.from([0, 0])])]);
  const head = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0]);
  const module = Buffer.concat([head, section(7, exports), Buffer.from([10, 6, 1, 4, 0, 0x41, 42, 0x0b])]);
  await openBench(page);
  await page.getByLabel("Input", { exact: true }).fill("");
  await page.locator("#file").setInputFiles({ name: "many.wasm", mimeType: "application/wasm", buffer: module });
  await expect(page.locator("#exports")).toContainText("and 39,801 more");
  await expect(page.locator("#op option")).toHaveCount(0);
  expect(await page.locator("#exports td").first().evaluate((cell) => cell.textContent!.length)).toBeLessThan(300);
  await page.getByLabel("Operation, by name").fill("f39999");
  await expect(page.locator("#answer")).toHaveText("42");
});

test("where the server is gone, every lane says what it knows", async ({ page }) => {
  await openBench(page);
  await page.route("**", (route) => route.abort());
  await page.getByLabel("Input", { exact: true }).fill("alone");
  await expect(page.locator("[data-lane=page] [data-part=answer]")).toHaveText("ALONE");
  for (const lane of ["workerd", "node"]) await expect(page.locator(`[data-lane=${lane}] .sentence`)).toContainText("Failed to fetch");
  await expect(page.locator("#outcome-body")).toContainText("Failed to fetch");
});

test("an answer that is still on its way does not come after the error of the next call", async ({ page }) => {
  await openBench(page);
  await page.getByRole("button", { name: "plain in C" }).click();
  await answers(page);
  await page.getByLabel("Input", { exact: true }).evaluate((input: HTMLTextAreaElement) => {
    for (const text of ["20, 22", "no number"]) {
      input.value = text;
      input.dispatchEvent(new Event("input"));
    }
  });
  const lane = page.locator("[data-lane=page]");
  await expect(lane).toHaveAttribute("data-state", "failed");
  await page.waitForTimeout(400);
  await expect(lane.locator("[data-part=digest]")).toHaveText("–");
});

test("an answer that is deep is not laid out: its lines would be longer than the memory of the page", async ({ page }) => {
  await openBench(page);
  await page.getByLabel("Operation", { exact: true }).selectOption("echo");
  const text = `${"[".repeat(2_000)}${"1,".repeat(40_000)}1${"]".repeat(2_000)}`;
  await page.getByLabel("Input", { exact: true }).fill(text);
  await page.locator("#answer-forms").getByRole("button", { name: "JSON" }).click();
  await expect(page.locator("#answer")).toHaveText(/^\[{2000}1,1,1/);
});

test("both pages lead to each other", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Workbench" }).click();
  await answers(page);
  await page.getByRole("link", { name: "A form" }).click();
  await expect(page.locator("#record")).toBeVisible();
});
