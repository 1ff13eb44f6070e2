import initialise from "wabt";
import { isIsopodError } from "../../errors.ts";
import { price } from "./costs.ts";
import { Edits } from "./edits.ts";
import { emit } from "./emit.ts";
import { harden, type Policy } from "./index.ts";
import { understand } from "./understand.ts";

const wabt = await initialise();
export const LOOSE: Policy = { memory: 2 ** 32, tables: Infinity };

/** A module in the text format. */
export function wat(text: string): Uint8Array<ArrayBuffer> {
  const module = wabt.parseWat("test.wat", text, { exceptions: true, tail_call: true, bulk_memory: true, reference_types: true, multi_value: true, multi_memory: true });
  return new Uint8Array(module.toBinary({}).buffer);
}

export interface Metered {
  readonly exports: Record<string, WebAssembly.ExportValue>;
  /** What was charged, in all. */
  used(): number;
  left(): number;
  /** The guest was told to stop. */
  readonly stopped: boolean;
  readonly pages: number;
}

/** With this much fuel, in quanta, and this many further pages. */
export function start(bytes: Uint8Array, { fuel = 2 ** 40, quantum = 1000, pages = 1000, policy = LOOSE, imports = {}, rewrite = harden }: { fuel?: number; quantum?: number; pages?: number; policy?: Policy; imports?: object; rewrite?: (bytes: Uint8Array, policy: Policy) => Uint8Array<ArrayBuffer> } = {}): Metered {
  const total = fuel;
  let left = pages;
  let stopped = false;
  const tick = (kind: number, value: number): number => {
    if (kind === 1) return value >>> 0 <= left ? ((left -= value >>> 0), 1) : 0;
    if (kind === 2) return (left += value >>> 0);
    const lease = Math.min(fuel, quantum - value);
    if (lease + value < 0) {
      stopped = true;
      return -1;
    }
    fuel -= lease;
    return lease + value;
  };
  const hardened = rewrite(bytes, policy);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(hardened), { ...imports, isopod: { tick } });
  (exports["isopod:start"] as (() => void) | undefined)?.();
  const lease = exports["isopod:fuel"] as (fuel: number) => number;
  const held = (): number => {
    const left = lease(0);
    lease(left);
    return left;
  };
  return { exports, used: () => total - fuel - held(), left: () => fuel + held(), get pages() { return left; }, get stopped() { return stopped; } };
}

/** Hardens a module so that no more is paid ahead than so many units; of none, each part of the code is charged where it begins, and only for itself. */
export function paying(callee: number, own: number, loop: number, bytes: Uint8Array, policy: Policy): Uint8Array<ArrayBuffer> {
  const edits = new Edits(bytes.length);
  const found = understand(bytes, policy, edits);
  const { short, locals } = price(found);
  const prices = { ...price(found, { callee, function: own, loop }), short, locals };
  return emit({ ...found, edits, prices, policy, digest: "" });
}

/** What a function settles where it ends is looked at by whoever called it: here, the host. */
export function run(metered: Metered, name: string, ...args: unknown[]): unknown {
  const result = (metered.exports[name] as (...args: unknown[]) => unknown)(...args);
  if (metered.left() < 0) throw new WebAssembly.RuntimeError("out of fuel");
  return result;
}

/** The code and details of what was thrown. */
export function refusal(attempt: () => unknown): [code: string, details: unknown] {
  try {
    attempt();
  } catch (error) {
    if (isIsopodError(error)) return [error.code, error.details];
    throw error;
  }
  throw new Error("nothing was refused");
}
