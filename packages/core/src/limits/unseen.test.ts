import { expect, test } from "vitest";
import wabtOf from "wabt";
import { Scope } from "../capability/scope.ts";
import { harden } from "../wasm/harden/index.ts";
import { DEFAULTS } from "./bounds.ts";
import { Budget } from "./budget.ts";

const wabt = await wabtOf();

test("what a deep recursion counts on its way back, where no function looks, is found at the end of the call", () => {
  const text = `(module (func $down (export "down") (param i32) (local i32 i32)
    (local.set 2 (i32.const 1))
    (if (local.get 0) (then (call $down (i32.sub (local.get 0) (i32.const 1)))))
    (loop ${"(nop)".repeat(12)} (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (local.get 2))) (i32.const 380))))))`;
  const bytes = harden(new Uint8Array(wabt.parseWat("module.wat", text).toBinary({}).buffer), { memory: Infinity, tables: Infinity });
  for (const time of [Infinity, 60_000]) {
    const budget = new Budget(new Scope(), { ...DEFAULTS, fuel: 2e7, time });
    const { exports } = budget.instance({ module: new WebAssembly.Module(bytes), inspected: { imports: [], memories: [] } }, {});
    const call = (depth: number): void => {
      budget.begin();
      (exports["down"] as (depth: number) => void)(depth);
      budget.end();
    };
    expect(() => call(100)).not.toThrow();
    expect(() => call(3000)).toThrow(expect.objectContaining({ code: "limit" }));
  }
});
