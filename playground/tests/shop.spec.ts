import { readFile } from "node:fs/promises";
import { digest } from "@isopod/core";
import { expect, test } from "./playground.ts";
import { agreed, digests, edit, openShop, saved, STATIONS, verdict } from "./shop.ts";

const shipped = await digest(new Uint8Array(await readFile(new URL("../../guests/dist/shop-rules.wasm", import.meta.url))));
const source = await readFile(new URL("../../examples/shop/plugin/rules.ts", import.meta.url), "utf8");

test("what is typed is answered in place, by the same rules three times", async ({ page }) => {
  await openShop(page);
  expect(await digests(page)).toEqual([shipped, shipped, shipped]);
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("takes the order");

  await page.getByLabel("Pieces").fill("9");
  await expect(page.locator("#said-pieces")).toHaveText("From 1 to 5 pieces.");
  await expect(page.getByLabel("Pieces")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Postcode")).toHaveAttribute("aria-invalid", "false");
  await page.getByLabel("E-mail").fill("ada@");
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("refuses it: 2 fields");
  await agreed(page);

  await page.getByRole("button", { name: "Place the order" }).click();
  await expect(page.locator("#placed")).toHaveText("Not yet: something above is wrong.");
  await expect(page.getByLabel("E-mail")).toBeFocused();
});

test("a rule that is changed and saved reaches all three, and the page stays as it is", async ({ page }) => {
  await openShop(page);
  await page.evaluate(() => Object.assign(globalThis, { since: "before" }));
  await edit(page, source.replace("MOST_PIECES: i32 = 5", "MOST_PIECES: i32 = 12"));
  await page.getByLabel("Name").fill("Grace Hopper");
  const pieces = page.getByLabel("Pieces");
  await pieces.fill("12");
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("refuses it: one field");
  await pieces.press("ArrowLeft");

  // From the field that one is in.
  await page.keyboard.press("ControlOrMeta+S");
  await saved(page);
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("takes the order");
  await expect(page.locator("#said-pieces")).toBeEmpty();
  await agreed(page);
  const [first, ...others] = await digests(page);
  expect(first).not.toBe(shipped);
  expect(others).toEqual([first, first]);

  expect(await page.evaluate(() => (globalThis as { since?: string }).since)).toBe("before");
  await expect(page.getByLabel("Name")).toHaveValue("Grace Hopper");
  await expect(pieces).toHaveValue("12");
  await expect(pieces).toBeFocused();
  expect(await pieces.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(1);

  // The compiler in the page makes what ours made: the same source, the same bytes.
  await page.getByRole("button", { name: "As it was" }).click();
  await expect.poll(() => digests(page)).toEqual([shipped, shipped, shipped]);
  await agreed(page);
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("refuses it: one field");
});

test("one may go on typing while rules are replaced: no call is lost", async ({ page }) => {
  await openShop(page);
  await page.evaluate(() => {
    const failures: string[] = [];
    Object.assign(globalThis, { failures });
    new MutationObserver((records) => {
      for (const { target } of records) if ((target as HTMLElement).dataset["state"] === "failed") failures.push((target as HTMLElement).innerText);
    }).observe(document.querySelector(".stations")!, { subtree: true, attributeFilter: ["data-state"] });
  });
  const name = page.getByLabel("Name");
  for (let i = 0; i < 4; i++) {
    await page.getByRole("button", { name: "Another limit on pieces" }).click();
    await name.click();
    await name.pressSequentially("abcdefghijklmnopqrstuvwxyz", { delay: 15 });
  }
  await saved(page);
  await agreed(page);
  expect(await page.evaluate(() => (globalThis as unknown as { failures: string[] }).failures)).toEqual([]);
});

test("what does not compile is said, and the rules before stay in force", async ({ page }) => {
  await openShop(page);
  await edit(page, "export function check(order: string): string { return nothing }");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator("#diagnostics")).toContainText("Cannot find name 'nothing'", { timeout: 60_000 });
  await page.getByLabel("Pieces").fill("9");
  for (const id of STATIONS) await expect(verdict(page, id)).toHaveText("refuses it: one field");
  expect(await digests(page)).toEqual([shipped, shipped, shipped]);
});

test("rules that never return are ended on all three, and better ones follow", async ({ page }) => {
  await openShop(page);
  await edit(page, 'export function check(order: string): string { while (order.length > 0) {} return ""; }');
  await page.getByRole("button", { name: "Save" }).click();
  await saved(page);
  for (const id of STATIONS) await expect(verdict(page, id)).toContainText("did not answer within 3 s");
  await page.getByRole("button", { name: "As it was" }).click();
  await agreed(page);
  expect(await digests(page)).toEqual([shipped, shipped, shipped]);
});

test("without the server the page checks on, and says who is missing", async ({ page }) => {
  await page.route(/\/shop\//, (route) => route.fulfill({ status: 404, contentType: "text/html", body: "no such file" }));
  await page.goto("/shop.html");
  await expect(page.locator("#agreement")).toHaveText("Only the page answers");
  for (const id of ["edge", "node"]) await expect(verdict(page, id)).toHaveText("no server here: npm start has one");
  await page.getByLabel("Pieces").fill("9");
  await expect(verdict(page, "page")).toHaveText("refuses it: one field");
});

test("rules that cannot be fetched are said to be", async ({ page }) => {
  await page.route(/shop-rules[^/]*\.wasm/, (route) => route.abort());
  await page.goto("/shop.html");
  await expect(verdict(page, "page")).toContainText("Failed to fetch");
});

test("the other pages lead to it", async ({ page }) => {
  for (const path of ["/", "/workbench.html"]) {
    await page.goto(path);
    await page.getByRole("link", { name: "A shop" }).click();
    await expect(page.getByRole("heading", { name: "Checkout" })).toBeVisible();
  }
});

test("a compiler that is lost in what was saved first is ended by what is saved next", async ({ page }) => {
  // As the protocol has it, but that code can make it loop, as code can make any compiler.
  await page.route(/\/assemblyscript-[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `addEventListener("message", ({ data: { id, code } }) => { while (code.startsWith("hang")); postMessage({ id, ms: 1, said: "heard: " + code }); }); postMessage("ready");`,
    }),
  );
  await openShop(page);
  for (const code of ["first", "hang", "next"]) {
    await edit(page, code);
    await page.locator("#save").click();
    if (code === "first") await expect(page.locator("#diagnostics")).toHaveText("heard: first");
  }
  await expect(page.locator("#diagnostics")).toHaveText("heard: next");
  await expect(page.locator("#compiled")).toHaveText("It does not compile; the rules before stay in force.");
});
