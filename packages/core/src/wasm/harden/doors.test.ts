import { describe, expect, it } from "vitest";
import { frames } from "../frames.ts";
import { harden } from "./index.ts";
import { LOOSE, run, start, wat } from "./metered.fixture.ts";

/** Calls by name, so that there are enough. */
const often = (name: string, params = "(i32.const 0)"): string => `(drop (call ${name} ${params}))`.repeat(4);

/** What `small` does is paid by `by_name`, which calls it twice; who comes by the table or from outside passes a door. */
const MODULE = `(module
  (type $t (func (param i32) (result i32)))
  (table (export "t") 2 funcref) (elem (i32.const 0) $small $deep)
  (global (export "g") funcref (ref.func $small))
  (memory 1)
  (func $small (export "small") (type $t) (i32.add (i32.load (local.get 0)) (i32.const 7)))
  (func $deep (type $t) (call_indirect (type $t) (local.get 0) (i32.const 1)))
  (func (export "by_name") (param i32) (result i32) (i32.add (call $small (local.get 0)) (call $small (i32.const 0))))
  (func (export "by_table") (param i32) (result i32) (call_indirect (type $t) (local.get 0) (i32.const 0)))
  (func (export "for_ever") (result i32) (i32.add (call $deep (i32.const 0)) (call $deep (i32.const 0))))
  (func (export "same") (result i32) (table.set (i32.const 1) (ref.func $small)) (i32.const 1))
  (func ${often("$small")} ${often("$deep")}))`;

const hasDoor = (bytes: Uint8Array): boolean => new TextDecoder("latin1").decode(harden(bytes, LOOSE)).includes("isopod door");

describe("a function that is called by name in several places, and unnamed", () => {
  const bytes = wat(MODULE);

  it("has a door, and one that is called in few places has none", () => {
    expect(hasDoor(bytes)).toBe(true);
    expect(hasDoor(wat(MODULE.replaceAll(/\(drop \(call \$\w+ \(i32.const 0\)\)\)/g, "")))).toBe(false);
  });

  it("gives the same on each way, and is paid for once", () => {
    const metered = start(bytes);
    const used = (name: string, ...args: number[]): number => {
      const before = metered.used();
      expect(run(metered, name, ...args)).toBe(name === "by_name" ? 14 : 7);
      return metered.used() - before;
    };
    const small = used("small", 64);
    expect(small).toBeGreaterThan(4);
    expect(used("by_table", 64)).toBeGreaterThan(small);
    expect(used("by_name", 64)).toBeGreaterThan(2 * small);
    expect(used("by_name", 64)).toBeLessThan(4 * small);
  });

  it("has one identity, wherever a reference comes from", () => {
    const { exports } = start(bytes);
    const table = exports["t"] as WebAssembly.Table;
    expect(table.get(0)).toBe(exports["small"]);
    expect((exports["g"] as WebAssembly.Global).value).toBe(exports["small"]);
    (exports["same"] as () => void)();
    expect(table.get(1)).toBe(exports["small"]);
  });

  it("shows in a trace once", () => {
    const metered = start(bytes);
    for (const [name, seen] of [["small", [0]], ["by_table", [0, 3]], ["by_name", [0, 2]]] as const) {
      try {
        run(metered, name, -1);
        expect.unreachable();
      } catch (error) {
        expect(frames((error as Error).stack!, (index) => index - 1)).toEqual(seen.map((index) => `function ${index}`));
      }
    }
  });

  it("is charged where it calls itself by the table", () => {
    const metered = start(bytes, { fuel: 1e4 });
    expect(() => run(metered, "for_ever")).toThrow("unreachable");
    expect(metered.stopped).toBe(true);
  });

  it("may be what starts a module", () => {
    const started = wat(`(module (memory (export "m") 1) (func $f (i32.store8 (i32.const 0) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1)))) (func (export "twice") (call $f) (call $f)) (func ${"(call $f)".repeat(4)}) (start $f))`);
    expect(hasDoor(started)).toBe(true);
    const metered = start(started);
    expect(metered.used()).toBeGreaterThan(5);
    run(metered, "twice");
    expect(new Uint8Array((metered.exports["m"] as WebAssembly.Memory).buffer)[0]).toBe(3);
  });

  it("is left by its tail calls, however many there are", () => {
    const tails = wat(`(module (type $t (func (param i32) (result i32))) (table 1 funcref) (elem (i32.const 0) $f)
      (func $f (type $t) (if (i32.eqz (local.get 0)) (then (return (i32.const 7)))) (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
      (func (export "f") (param i32) (result i32) (i32.add (call $f (local.get 0)) (call $f (local.get 0)))) (func ${often("$f")}))`);
    expect(hasDoor(tails)).toBe(true);
    expect(run(start(tails), "f", 1_000_000)).toBe(14);
  });
});
