import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createHost } from "@isopod/node";
import { expect, test } from "./playground.ts";

const guests = new URL("../../guests/", import.meta.url);
const LANES = ["page", "worker", "workerd", "node"];

/** What the plugin says outside of any page. */
async function answer(op: string, input: Uint8Array | string): Promise<Uint8Array> {
  const host = createHost({ isolation: "inline" });
  const plugin = await host.load(new Uint8Array(await readFile(new URL("dist/validator.wasm", guests))));
  const output = await plugin.call(op, input);
  await host.dispose();
  return output;
}

const short = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").replace(/^(....)(....).*/, "$1 $2");

test("what is typed gets the same answer on four lanes", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("Four identical answers");

  await page.getByLabel("IBAN").fill("DE88 3704 0044 0532 0130 00");
  const digest = short(await answer("validate", await page.locator("#raw").inputValue()));
  await expect(page.locator("#agreement code")).toHaveText(digest);
  for (const lane of LANES) await expect(page.locator(`[data-lane=${lane}] [data-part=digest]`)).toHaveText(digest);
  await expect(page.locator("#said-iban")).toHaveText("The check digits do not add up.");
  await expect(page.getByLabel("IBAN")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Date")).toHaveAttribute("aria-invalid", "false");
});

test("each lane says how fast it is and how fast it started", async ({ page }) => {
  await page.goto("/");
  for (const lane of LANES) {
    for (const part of ["p50", "p95", "cold"]) await expect(page.locator(`[data-lane=${lane}] [data-part=${part}]`)).toHaveText(/^\d[\d.]* (µs|ms|s)$/);
  }
});

test("all records get the same verdicts on four lanes", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#agreement")).toContainText("Four identical answers");
  await page.getByRole("button", { name: "Run all 4,000 records" }).click();
  await expect(page.locator("#whole")).toHaveText(/^4,000 records, 800 of them wrong: the same 4,000 verdicts on 4 shores/, { timeout: 30_000 });
  const all = await answer("validateMany", new Uint8Array(await readFile(new URL("validator/records.jsonl", guests))));
  await expect(page.locator("#agreement code")).toHaveText(short(all));
});

test("an answer that differs is seen to differ", async ({ page }) => {
  await page.route("**/lanes/node?*", (route) => route.fulfill({ body: '{"ok":true,"normal":{"name":"Nobody"}}', contentType: "application/octet-stream" }));
  await page.goto("/");
  await expect(page.locator("#agreement")).toHaveText("The answers differ");
  await expect(page.locator("[data-lane=node]")).toHaveAttribute("data-differs", "true");
  await expect(page.locator("[data-lane=workerd]")).toHaveAttribute("data-differs", "false");
});

test("a lane that fails says why, and the others go on", async ({ page }) => {
  await page.route("**/lanes/workerd?*", (route) => route.fulfill({ status: 422, json: { code: "trap", message: "the plugin hit an unreachable" } }));
  await page.goto("/");
  await expect(page.locator("[data-lane=workerd] .sentence")).toHaveText("the plugin hit an unreachable");
  await expect(page.locator("[data-lane=node] [data-part=digest]")).toHaveText(/^[0-9a-f]{4} [0-9a-f]{4}$/);
});

test("a record that is none is said to be none", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Cut off" }).click();
  await expect(page.locator("#said-record")).toContainText("This is not JSON");
  await page.getByLabel("The bytes that are sent").fill("[1]");
  await expect(page.locator("#said-record")).toContainText("not a record");
  await page.getByLabel("Name").fill("Mira");
  await expect(page.locator("#said-record")).toBeEmpty();
  await expect(page.locator("#said-name")).toHaveText("Mira");
});

test("the plugin's ABI comes with the reason", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("[data-about=abi]")).toContainText("extism, because it imports extism:host/env");
  await expect(page.locator("[data-about=digest]")).toContainText("(as pinned)");
});
