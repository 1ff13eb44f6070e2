import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { nodes as engines } from "../../../../e2e/runtimes/node.ts";
import { FEATURE_MODULES } from "./feature-modules.fixture.ts";
import { FEATURES, featuresOf } from "./features.ts";
import { RUNTIMES } from "./runtimes.ts";
import { verdicts, type Evidence } from "./verdicts.ts";

const names = FEATURES.map(({ name }) => name);
const nodes = RUNTIMES.filter(({ name }) => name.startsWith("Node "));

test("the table names features that there are, and each has a module that needs it", () => {
  expect(RUNTIMES.flatMap(({ lacks }) => lacks).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.keys(FEATURE_MODULES).toSorted()).toEqual(names.toSorted());
});

test("the table has every Node that Isopod is tested in", () => {
  expect(nodes.map(({ name }) => name)).toEqual(["Node 20", "Node 22", "Node 24", "Node 26"]);
});

test.each(nodes)("the table is true of $name", ({ name, lacks }) => {
  const path = engines().find((engine) => engine.name === name.toLowerCase().replace(" ", ""))!.execPath;
  // The matrix has them all; some platforms have no package, and there it is the one that runs this alone.
  if (!path) return expect(process.platform + process.arch).not.toBe("linuxx64");
  const script = `console.log(JSON.stringify(Object.entries(JSON.parse(process.argv[1])).filter(([, bytes]) => !WebAssembly.validate(new Uint8Array(bytes))).map(([name]) => name)))`;
  const modules = JSON.stringify(Object.fromEntries(Object.entries(FEATURE_MODULES).map(([feature, bytes]) => [feature, [...bytes]])));
  const found = JSON.parse(execFileSync(path, ["--eval", script, modules], { encoding: "utf8" })) as string[];
  expect(found.toSorted()).toEqual(lacks.toSorted());
});

test("a feature has one name, whoever says it, and is certain if the parser has seen it", () => {
  expect(featuresOf(["multimemory", "multi-memory", "simd128"])).toMatchObject([{ name: "multi-memory", certain: true }, { name: "SIMD", certain: false }]);
  expect(featuresOf(["something-new"])).toEqual([{ name: "something-new", certain: false, oneOf: ["something-new"] }]);
});

test("which exceptions they are, code says, where it can be read", () => {
  expect(featuresOf(["exception-handling", "exceptions"])).toEqual([{ name: "legacy exceptions or exnref", certain: false, oneOf: ["legacy exceptions", "exnref"] }]);
  expect(featuresOf(["exceptions"], "try")).toEqual([{ name: "legacy exceptions", certain: true, oneOf: ["legacy exceptions"] }]);
  expect(featuresOf(["exceptions"], "try_table")).toEqual([{ name: "exnref", certain: true, oneOf: ["exnref"] }]);
  expect(featuresOf(["exceptions"], "nothing")).toEqual([{ name: "exceptions", certain: true, oneOf: ["exceptions"] }]);
});

describe("verdicts", () => {
  const here = { runtime: "Node 24.21.0", compiles: true, words: null };
  const evidence = (over: Partial<Evidence>): Evidence => ({ features: [], size: 100, here, barred: undefined, ...over });
  const of = (runtime: string, over: Partial<Evidence>): unknown => verdicts(evidence(over)).find((verdict) => verdict.runtime === runtime);

  test("what was seen and is missing is no, what was only named is perhaps", () => {
    expect(of("WebKit", { features: featuresOf(["multi-memory"]) })).toEqual({ runtime: "WebKit", runs: "no", reasons: ["multi-memory"] });
    expect(of("WebKit", { features: featuresOf(["relaxed-simd"]) })).toEqual({ runtime: "WebKit", runs: "perhaps", reasons: ["relaxed SIMD"] });
    expect(of("Firefox", { features: featuresOf(["multi-memory"]) })).toEqual({ runtime: "Firefox", runs: "yes", reasons: [] });
  });

  test("this engine has the last word about itself", () => {
    const refused = { runtime: "Node 24.21.0", compiles: false, words: "invalid opcode" };
    expect(of("Node 24", { here: refused })).toMatchObject({ runs: "no", reasons: ["invalid opcode"] });
    expect(of("Firefox", { here: refused })).toMatchObject({ runs: "perhaps", reasons: ["Node 24.21.0: invalid opcode"] });
    expect(of("Node 20", { here: { ...here, runtime: "Node 20.20.2" }, features: featuresOf(["exceptions"]) })).toMatchObject({ runs: "yes" });
    expect(of("Node 20", { features: featuresOf(["exceptions"]) })).toMatchObject({ runs: "perhaps", reasons: ["exnref"] });
  });

  test("what explains a refusal here does not count elsewhere", () => {
    const refused = { runtime: "Node 20.20.2", compiles: false, words: "multiple memories are not allowed" };
    expect(of("Chromium", { here: refused, features: featuresOf(["multi-memory"]) })).toMatchObject({ runs: "yes" });
  });

  test("a large module, and one that cannot be loaded", () => {
    expect(of("Chromium", { size: 9_000_000 })).toMatchObject({ runs: "yes", reasons: [expect.stringContaining("workers only")] });
    expect(of("workerd", { barred: "a component" })).toEqual({ runtime: "workerd", runs: "no", reasons: ["a component"] });
  });
});
