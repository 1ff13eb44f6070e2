import { describe, expect, it } from "vitest";
import { frames } from "../frames.ts";
import { run, start, wat } from "./metered.fixture.ts";

const FIB = `(func $fib (export "fib") (param i32) (result i32)
  (if (result i32) (i32.lt_s (local.get 0) (i32.const 2)) (then (local.get 0)) (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1))) (call $fib (i32.sub (local.get 0) (i32.const 2)))))))`;
const fib = (n: number): number => (n < 2 ? n : fib(n - 1) + fib(n - 2));

describe("a small function that calls itself", () => {
  it("is charged at every third depth for all that may follow", () => {
    const metered = start(wat(`(module ${FIB})`));
    let calls = 0;
    const counted = (n: number): number => (calls++, n < 2 ? n : counted(n - 1) + counted(n - 2));
    for (const n of [0, 1, 2, 3, 10, 20]) {
      const before = metered.used();
      calls = 0;
      counted(n);
      expect(run(metered, "fib", n)).toBe(fib(n));
      const charged = metered.used() - before;
      // Some 14 instructions each where it goes on, 4 where not.
      expect(charged).toBeGreaterThan(calls * 9);
      expect(charged).toBeLessThan(calls * 50 + 140);
    }
  });

  it("is stopped where it does not end", () => {
    const metered = start(wat(`(module (func (export "f") (param i32) (result i32) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1)) (else (i32.add (call 0 (i32.const 1)) (call 0 (local.get 0)))))))`), { fuel: 10_000 });
    expect(() => run(metered, "f", 1)).toThrow("unreachable");
    expect(metered.stopped).toBe(true);
  });

  it("has one name in a trace, or one number", () => {
    const bytes = wat(`(module (func $unused) (func $down (export "down") (param i32) (if (i32.eqz (local.get 0)) (then (unreachable))) (call $down (i32.sub (local.get 0) (i32.const 1)))))`);
    try {
      run(start(bytes), "down", 4);
      expect.unreachable();
    } catch (error) {
      expect(frames((error as Error).stack!, (index) => index - 1)).toEqual(Array.from({ length: 5 }, () => "function 1"));
    }
  });
});
