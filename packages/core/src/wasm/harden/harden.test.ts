import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import initialise from "wabt";
import { describe, expect, it } from "vitest";
import { assemble } from "./assemble.fixture.ts";
import { harden, manifestOf, VERSION } from "./index.ts";
import { LOOSE, refusal, run, start, wat } from "./metered.fixture.ts";

const DIST = new URL("../../../../../guests/dist/", import.meta.url);

/** What is cached, and what was built, goes by the version: other bytes need another one. Where a guest has changed, only the digest does. */
it("the same version gives the same bytes", () => {
  const hash = createHash("sha256");
  for (const name of ["kernels", "validator", "packed-c", "extism-as", "lines-c"]) hash.update(harden(new Uint8Array(readFileSync(new URL(`${name}.wasm`, DIST))), { memory: 2 ** 28, tables: 100_000 }));
  expect([VERSION, hash.digest("base64")]).toEqual([5, "SVe6RlihaF6tdS937NPEJgVjMScgRAgXbq17xAQKyCM="]);
});

describe("work is bounded", () => {
  const stopped: Record<string, string> = {
    "an endless loop": `(func (export "f") (loop (br 0)))`,
    "a loop that catches everything": `(func (export "f") (loop (try (do (loop (br 0))) (catch_all)) (br 0)))`,
    "endless recursion by tail calls": `(func $f (export "f") (return_call $f))`,
    "two that call each other by tail calls, unnamed": `(type $t (func)) (table 2 funcref) (elem (i32.const 0) $a $b) (func $a (export "f") (return_call_indirect (type $t) (i32.const 1))) (func $b (return_call_indirect (type $t) (i32.const 0)))`,
    "32 functions that each call the next twice": `${Array.from({ length: 32 }, (_, index) => `(func $f${index} (call $f${index + 1}) (call $f${index + 1}))`).join("")} (func $f32) (func (export "f") (call $f0))`,
    "a loop of 780 KB": `(func (export "f") (local i32) (loop ${"(local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(100_000)} (br 0)))`,
    "fills of 64 MiB in a row": `(memory 1024) (func (export "f") (loop (memory.fill (i32.const 0) (i32.const 0) (i32.const 0x4000000)) (br 0)))`,
    "copies in a row": `(memory 1024) (func (export "f") (loop (memory.copy (i32.const 0) (i32.const 1) (i32.const 0x3ffffff)) (br 0)))`,
    "functions that throw before they settle": `(tag $e) (func $g (local i32) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 300)))) (throw $e)) (func (export "f") (loop (try (do (call $g)) (catch_all)) (br 0)))`,
    "loops within loops within calls": `(func $l (local i32) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 500))))) ${[0, 1, 2, 3, 4, 5].map((index) => `(func $n${index} (local i32) (loop (call ${index === 0 ? "$l" : `$n${index - 1}`}) (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.lt_u (local.get 0) (i32.const 500)))))`).join("")} (func (export "f") (call $n5))`,
    "a start function": `(func $s (loop (br 0))) (start $s) (func (export "f"))`,
    "a table that is filled again and again": `(table 100000 funcref) (func (export "f") (loop (table.fill (i32.const 0) (ref.null func) (i32.const 100000)) (br 0)))`,
  };
  it.each(Object.entries(stopped))("%s", (_, text) => {
    const began = performance.now();
    expect(() => run(start(wat(`(module ${text})`), { fuel: 5e7, quantum: 1e6 }), "f")).toThrow(WebAssembly.RuntimeError);
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 20_000);

  it("quanta do not change what is charged", () => {
    const bytes = wat(`(module (memory 1) (func $fib (param i32) (result i32) (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0)) (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
      (func (export "f") (param i32) (result i32) (local i32) (loop (local.set 1 (i32.add (local.get 1) (call $fib (local.get 0)))) (memory.fill (i32.const 0) (i32.const 1) (i32.const 60000)) (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0))) (local.get 1)))`);
    const used = [1, 7, 1000, 1e6].map((quantum) => {
      const metered = start(bytes, { quantum });
      expect(run(metered, "f", 18)).toBe(6764);
      return metered.used();
    });
    expect(new Set(used).size).toBe(1);
    const [fuel] = used as [number];
    expect(run(start(bytes, { fuel, quantum: 13 }), "f", 18)).toBe(6764);
    expect(() => run(start(bytes, { fuel: fuel - 1, quantum: 13 }), "f", 18)).toThrow(WebAssembly.RuntimeError);
  });
});

describe("memory and tables are bounded", () => {
  it("maxima are capped, minima refused", () => {
    const metered = start(wat(`(module (memory (export "m") 1) (table (export "t") 1 funcref) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))) (func (export "more") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))`), { policy: { memory: 3 * 65536, tables: 10 } });
    expect([run(metered, "grow", 2), run(metered, "grow", 1), run(metered, "grow", 0), run(metered, "grow", -1)]).toEqual([1, -1, 3, -1]);
    expect([run(metered, "more", 9), run(metered, "more", 1), run(metered, "more", -1)]).toEqual([1, -1, -1]);
    expect(refusal(() => harden(wat(`(module (memory 4))`), { memory: 3 * 65536, tables: 10 }))).toEqual(["limit", { limit: "memory", used: 4 * 65536, cap: 3 * 65536 }]);
    expect(refusal(() => harden(wat(`(module (table 11 funcref))`), { memory: 3 * 65536, tables: 10 }))).toEqual(["limit", { limit: "tables", used: 11, cap: 10 }]);
  });

  it("what all of them take at first counts together, and how many there may be is bounded", () => {
    const tables = (count: number, size: number): Uint8Array => wat(`(module ${`(table ${size} funcref)`.repeat(count)})`);
    const policy = { memory: 3 * 65536, tables: 1000 };
    expect(WebAssembly.validate(harden(tables(10, 100), policy) as BufferSource)).toBe(true);
    expect(refusal(() => harden(tables(11, 100), policy))).toEqual(["limit", { limit: "tables", used: 1100, cap: 1000 }]);
    expect(refusal(() => harden(wat("(module (memory 2) (memory 2))"), policy))).toEqual(["limit", { limit: "memory", used: 4 * 65536, cap: 3 * 65536 }]);
    // Each may grow to the cap.
    expect(refusal(() => harden(tables(101, 0), policy))[0]).toBe("bad_module");
  });

  it("the host says how much all memories may grow together, and gets back what the engine refused", () => {
    const grow = (memory: number): string => `(func (export "grow${memory}") (param i32) (result i32) (memory.grow ${memory} (local.get 0)))`;
    const one = start(wat(`(module (memory 1 5) ${grow(0)})`), { pages: 6 });
    expect([run(one, "grow0", 5), one.pages, run(one, "grow0", 4), one.pages]).toEqual([-1, 6, 1, 2]);
    const two = wat(`(module (memory 1 5) (memory 1) ${grow(0)} ${grow(1)})`);
    if (!WebAssembly.validate(two)) return; // Node 20 has no more than one
    const both = start(two, { pages: 6 });
    expect([run(both, "grow0", 4), run(both, "grow1", 3), run(both, "grow1", 2), both.pages]).toEqual([1, -1, 1, 0]);
  });
});

describe("what the guest must not do", () => {
  const reserved: Record<string, string> = {
    "import the tick": `(import "isopod" "tick" (func (param i32 i32) (result i32)))`,
    "import what another module has for the host": `(import "lib" "isopod:fuel" (func (param i32) (result i32)))`,
    "export a name of ours": `(func (export "isopod:fuel"))`,
  };
  it.each(Object.entries(reserved))("%s", (_, text) => expect(refusal(() => harden(wat(`(module ${text})`), LOOSE))[0]).toBe("bad_module"));

  it("harden what is hardened", () => expect(refusal(() => harden(harden(wat("(module)"), LOOSE), LOOSE))[0]).toBe("bad_module"));

  it("name a global, a function, a type, a local or a label that hardening adds", () => {
    // Each is invalid as it stands, and would be valid with what is added.
    const code = (...body: number[]) => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b);
    for (const body of [[0x23, 0, 0x1a], [0x41, 0, 0x24, 0], [0x10, 1], [0x41, 0, 0x41, 0, 0x10, 2, 0x1a], [0x02, 1, 0x0b], [0x20, 0, 0x1a], [0x03, 0x40, 0x0c, 2, 0x0b]]) {
      const bytes = code(...body);
      expect(WebAssembly.validate(bytes)).toBe(false);
      expect(refusal(() => harden(bytes, LOOSE))[0]).toBe("bad_module");
    }
  });

  const refused: Record<string, [text: string, feature: RegExp]> = {
    "shared memory": [`(memory 1 1 shared)`, /shared memory/],
    "memory64": [`(memory i64 1)`, /memory64/],
  };
  it.each(Object.entries(refused))("use %s", async (_, [text, feature]) => {
    const module = (await initialise()).parseWat("test.wat", `(module ${text})`, { threads: true, memory64: true });
    expect(refusal(() => harden(new Uint8Array(module.toBinary({}).buffer), LOOSE))).toEqual(["unsupported", { feature: expect.stringMatching(feature) }]);
  });

  // Of a group of types, as all compilers of such languages write them; of locals and elements, where no engine asks for more.
  const collected: Record<string, Record<number, number[][]>> = {
    "a group of types": { 1: [[0x4e, 2, 0x5f, 0, 0x60, 0, 0]], 3: [[1]], 10: [[0, 0x0b]] },
    "a local": { 1: [[0x60, 0, 0]], 3: [[0]], 10: [[1, 1, 0x6e, 0x0b]] },
    "a local of a type that is added": { 1: [[0x60, 0, 0]], 3: [[0]], 10: [[1, 1, 0x63, 2, 0x0b]] },
    "a table that says what it begins with": { 4: [[0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b]] },
    "elements": { 9: [[5, 0x63, 0x70, 0]] },
  };
  it.each(Object.entries(collected))("use garbage collection in %s", (_, sections) => {
    expect(refusal(() => harden(assemble(sections), LOOSE))).toEqual(["unsupported", { feature: "garbage collection" }]);
  });
});

describe("what is left as it was", () => {
  it.each(readdirSync(DIST).filter((name) => name.endsWith(".wasm")))("%s: valid afterwards if it was before, the same bytes each time", (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, DIST)));
    if (!WebAssembly.validate(bytes)) return expect(() => harden(bytes, LOOSE)).toThrow();
    const hardened = harden(bytes, LOOSE, "sha256-x");
    expect(WebAssembly.validate(hardened)).toBe(true);
    expect(harden(bytes, LOOSE, "sha256-x")).toEqual(hardened);
    expect(manifestOf(new WebAssembly.Module(hardened))).toMatchObject({ version: VERSION, digest: "sha256-x", memory: 2 ** 32, tables: null });
    return expect(manifestOf(new WebAssembly.Module(bytes))).toBeUndefined();
  });

  it("names of functions in a trace", () => {
    const metered = start(wat(`(module (import "env" "log" (func $log)) (func $inner (unreachable)) (func $outer (export "f") (call $inner)))`).slice(), { imports: { env: { log: () => undefined } } });
    expect(() => run(metered, "f")).toThrow(WebAssembly.RuntimeError);
  });
});
