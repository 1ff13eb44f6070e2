import { beforeAll, describe, expect, test, vi } from "vitest";
import { ground, inNode, promised, scripts, snippets } from "./run.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Modules that a snippet imports, and that print nothing by themselves. */
const IMPORTED = ["functions.ts"];

describe.each(["node", "abi", "from"])("snippets of %s", async (folder) => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await ground(folder);
    await scripts(folder, cwd);
  });

  test.concurrent.each((await snippets(folder)).filter((name) => !IMPORTED.includes(name)))("%s prints what it says", async (name) => {
    const lines = await promised(folder, name);
    expect(lines.length).toBeGreaterThan(0);
    // Another host warns of what it takes from Node.
    const args = name.endsWith("-theirs.ts") ? ["--no-warnings"] : [];
    expect(await inNode(cwd, name.replace(/ts$/, "js"), ...args)).toEqual(lines);
  });
});
