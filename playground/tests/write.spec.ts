import { answers, openBench, type, write } from "./bench.ts";
import { expect, test } from "./playground.ts";

test("AssemblyScript is compiled in the page, and runs on four shores as it is written", async ({ page }) => {
  await openBench(page);
  await write(page, "AssemblyScript");
  await expect(page.locator("#answer")).toHaveText("woodlice-of-the-world-2nd-edition");
  await answers(page);
  await expect(page.locator("[data-about=abi]")).toHaveText("extism");

  const shout = (tail: string) => `export function shout(text: string): string {
  if (text.length == 0) throw new Error("nobody to shout at");
  return text.toUpperCase() + "${tail}";
}`;
  await type(page, shout("!"));
  await expect(page.getByLabel("Operation", { exact: true })).toHaveValue("shout");
  await expect(page.locator("#answer")).toHaveText("WOODLICE OF THE WORLD, 2ND EDITION!");
  await answers(page);

  // How long that takes is printed, and only bounded where somebody would think that it hangs.
  const from = Date.now();
  await type(page, shout("?"));
  for (const lane of ["page", "worker", "workerd", "node"]) await expect(page.locator(`[data-lane=${lane}] [data-part=answer]`)).toHaveText(/\?$/);
  const took = Date.now() - from;
  console.log(`edit → compiled → run in all four: ${took} ms (wanted: 1,500)`);
  expect(took).toBeLessThan(20_000);

  // What does not compile is said, and the lanes keep what did.
  await type(page, "export function f(): string { return x }");
  await expect(page.locator("#diagnostics")).toContainText("Cannot find name 'x'");
  await expect(page.locator("#compiled")).toContainText("It does not compile");
  await expect(page.locator("#answer")).toHaveText("WOODLICE OF THE WORLD, 2ND EDITION?");
});

test("WAT is assembled in the page; numbers alone are a plugin too", async ({ page }) => {
  await openBench(page);
  await write(page, "WAT");
  await expect(page.locator("#answer")).toHaveText("desserts");
  await answers(page);
  await type(page, '(module (func (export "twice") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))');
  await page.getByLabel("Input", { exact: true }).fill("21");
  await expect(page.locator("#answer")).toHaveText("42");
  await answers(page);
  await type(page, "(module (func (export");
  await expect(page.locator("#diagnostics")).toContainText("plugin.wat:1");
});

test("the editor lets go of the focus, and runs on a key", async ({ page }) => {
  await openBench(page);
  await write(page, "WAT");
  await page.locator("#editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await answers(page);
  await page.keyboard.press("Tab");
  await expect(page.locator("#diagnostics")).toBeFocused();
});

test("choosing again leaves what was written for later", async ({ page }) => {
  await openBench(page);
  await write(page, "WAT");
  await type(page, ';; mine\n(module (func (export "one") (result i32) (i32.const 1)))');
  await expect(page.locator("#subject")).toHaveText(/^plugin\.wasm, 3\d bytes$/);
  await page.getByRole("button", { name: "Choose", exact: true }).click();
  await page.getByRole("button", { name: "packed in C" }).click();
  await answers(page);
  await page.getByRole("button", { name: "Write" }).click();
  await expect(page.locator("#editor .cm-content")).toContainText(";; mine");
  await expect(page.locator("#subject")).toHaveText(/^plugin\.wasm, 3\d bytes$/);
});

test("C is compiled in the page; its compiler comes once, and then from the browser's own cache", async ({ page, context }) => {
  await openBench(page);
  await write(page, "C");
  await expect(page.locator("#answer")).toHaveText("a5 b2 c1 d1 r2 ");
  await answers(page);
  await type(page, '#include "packed.h"\nEXPORT(f) uint64_t f(uint8_t *at, uint32_t n) { return oops; }');
  await expect(page.locator("#diagnostics")).toContainText("use of undeclared identifier 'oops'");
  await page.close();

  const again = await context.newPage();
  const fetched: string[] = [];
  context.on("request", (request) => fetched.push(request.url()));
  await openBench(again);
  await write(again, "C");
  await answers(again);
  expect(fetched.filter((url) => url.includes("llvm"))).toEqual([]);
});

test("a compiler that never returns is ended by newer code", async ({ page }) => {
  // As the protocol has it, but that code can make it loop, as code can make any compiler.
  await page.route(/\/wat-[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `addEventListener("message", ({ data: { id, code } }) => { while (code.startsWith("hang")); postMessage({ id, ms: 1, said: "heard: " + code }); }); postMessage("ready");`,
    }),
  );
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await openBench(page);
  await page.getByRole("button", { name: "Write" }).click();
  await page.getByRole("button", { name: "WAT", exact: true }).click();
  const said = page.locator("#diagnostics");
  await expect(said).toContainText("heard: ");
  await type(page, "hang");
  await page.waitForTimeout(1_000);
  await type(page, "hang again");
  await page.waitForTimeout(1_000);
  await type(page, "no more");
  await expect(said).toHaveText("heard: no more");
  expect(workers.filter((url) => /\/wat-/.test(url))).toHaveLength(2);
  await type(page, "and again");
  await expect(said).toHaveText("heard: and again", { timeout: 4_000 });
});
