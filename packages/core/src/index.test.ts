import { expect, test } from "vitest";
import * as entry from "./index.ts";
import * as inspect from "./wasm/index.ts";

test("the main entry has these values, and never more than 12", () => {
  const names = Object.keys(entry).toSorted();
  expect(names).toEqual(["IsopodError", "digest", "extism", "isIsopodError", "packed", "plain", "pluginSet", "typed", "wapc"]);
  expect(names.length).toBeLessThanOrEqual(12);
});

test("@isopod/core/inspect has these", () => {
  expect(Object.keys(inspect).toSorted()).toEqual(["catchesBy", "functionNames", "inspect", "inspectModule", "survey"]);
});
