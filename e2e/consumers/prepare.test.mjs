import { expect, test } from "vitest";
import { warningsIn } from "./prepare.mjs";

test("lines that warn are told from names of files", () => {
  const said = ["✓ built in 1 s", "WARNING in ./worker.js", "  (!) Some chunks are larger", "out/error.svelte.js 4 kB", "0 errorless runs", "warning: unused", "[plugin] Error: no"];
  expect(warningsIn(said.join("\n"))).toEqual(["WARNING in ./worker.js", "(!) Some chunks are larger", "warning: unused", "[plugin] Error: no"]);
});
