import { readFile } from "node:fs/promises";
import { createHost } from "@isopod/node";
import { PLUGIN } from "./prepare.mjs";

/** What every application asks it, spelled out in each of them. */
const RECORD = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };

/**
 * What it answers here, from the workspace.
 *
 * @returns {Promise<string>} JSON
 */
export async function expected() {
  const host = createHost({ isolation: "inline" });
  try {
    const plugin = await host.load(await readFile(PLUGIN));
    return JSON.stringify(await plugin.call("validate", RECORD, { as: "json" }));
  } finally {
    await host.dispose();
  }
}
