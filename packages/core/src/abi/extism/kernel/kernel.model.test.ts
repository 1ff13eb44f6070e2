/** The kernel against a model in JavaScript: first with a well-behaved guest, then with one that forges. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { KERNEL_ORIGIN } from "./exports.ts";
import { KERNEL_BASE64 } from "./kernel.ts";

const compiled = new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (char) => char.charCodeAt(0)));

class Kernel {
  readonly exports = new WebAssembly.Instance(compiled, { isopod: { tick: (kind: number) => (kind === 0 ? 2 ** 30 : 1) } }).exports as Record<string, any>;
  #heap = new Uint8Array(0);

  get heap(): Uint8Array {
    if (this.#heap.length === 0) this.#heap = new Uint8Array(this.exports.memory.buffer, KERNEL_ORIGIN);
    return this.#heap;
  }

  begin(input: Uint8Array): number {
    const at = this.exports.begin(input.length);
    this.heap.set(input, at);
    return at;
  }
}

interface Block {
  readonly length: number;
  readonly fill: number;
}

/** Lengths with what is near the borders of sizes and pages, and enough to get beyond 1 MiB. */
const length = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 300 }) },
  { weight: 2, arbitrary: fc.integer({ min: 301, max: 70_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(8, 32, 33, 64, 65_528, 65_536, 65_537, 700_000) },
);
const fill = fc.integer({ min: 1, max: 255 });
const pick = fc.nat({ max: 1000 });

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("alloc" as const), length, fill }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("give" as const), length, fill, spare: fc.nat({ max: 500 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("free" as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("length" as const), at: fc.nat({ max: 100_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("begin" as const), length, fill }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Model {
  readonly kernel = new Kernel();
  readonly live = new Map<number, Block>();
  readonly freed = new Set<number>();

  run(step: Step): void {
    const { kernel, live, freed } = this;
    if (step.kind === "begin") {
      live.clear();
      freed.clear();
      this.add(kernel.begin(new Uint8Array(step.length).fill(step.fill)), step);
    } else if (step.kind === "give") {
      const at = kernel.exports.host_alloc(step.length + step.spare) >>> 0;
      kernel.heap.fill(step.fill, at, at + step.length);
      kernel.exports.shrink(at, step.length);
      this.add(at, step);
    } else if (step.kind === "alloc") {
      const at = Number(kernel.exports.alloc(BigInt(step.length)));
      if (!freed.has(at)) expect(this.holds(at, step.length, 0)).toBe(true);
      kernel.exports.store_u8(BigInt(at + step.length - 1), step.fill);
      kernel.heap.fill(step.fill, at, at + step.length);
      this.add(at, step);
    } else if (step.kind === "free") {
      // Any block, live or freed before.
      const all = [...live.keys(), ...freed];
      const at = all[step.pick % all.length];
      if (at === undefined) return;
      kernel.exports.free(BigInt(at));
      if (live.delete(at)) freed.add(at);
    } else {
      expect(Number(kernel.exports.length(BigInt(step.at)))).toBe(live.get(step.at)?.length ?? 0);
    }
  }

  holds(at: number, length: number, byte: number): boolean {
    const { heap } = this.kernel;
    for (let i = at; i < at + length; i++) if (heap[i] !== byte) return false;
    return true;
  }

  add(at: number, { length, fill }: Block): void {
    expect(at % 8).toBe(0);
    expect(at).toBeGreaterThanOrEqual(16);
    this.live.set(at, { length, fill });
    this.freed.delete(at);
  }

  /** Every block has its length and its bytes, and none touches another's header. */
  check(): void {
    let end = 8;
    for (const [at, { length, fill }] of [...this.live].sort(([a], [b]) => a - b)) {
      expect(at - 8).toBeGreaterThanOrEqual(end);
      end = at + length;
      expect(this.kernel.exports.length(BigInt(at))).toBe(BigInt(length));
      expect(this.holds(at, length, fill)).toBe(true);
    }
    for (const at of this.freed) expect(this.kernel.exports.length(BigInt(at))).toBe(0n);
  }
}

test("blocks keep their length and bytes, and start out zero, whatever is allocated, freed and cut", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const model = new Model();
      for (const step of steps) model.run(step);
      model.check();
    }),
    { numRuns: 300 },
  );
});

const LIVE = 0x4556494c;
const FREE = 0;

/** What a guest can write over the header of a block that it has or had: a tag that is right there, any length or link. */
const forgery = fc.record({
  kind: fc.constant("forge" as const),
  pick,
  tag: fc.constantFrom(LIVE, FREE),
  word: fc.oneof({ weight: 3, arbitrary: pick }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff_ffff }) }),
  free: fc.boolean(),
});
const hostile = fc.oneof(
  forgery,
  fc.record({ kind: fc.constant("alloc" as const), length }),
  fc.record({ kind: fc.constant("give" as const), length }),
);

test("a guest that forges headers and links hurts no one but itself, and that for one call", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(hostile, { maxLength: 200 }), fc.boolean(), (steps, large) => {
      const kernel = new Kernel();
      const { exports } = kernel;
      kernel.begin(new Uint8Array(100).fill(1));
      if (large) exports.alloc(1n << 20n); // so that lists are used
      const inside = (at: number, length: number): void => {
        expect(at).toBeGreaterThan(0);
        expect(at + length).toBeLessThanOrEqual(kernel.heap.length);
      };
      const blocks = [16];
      for (const step of steps) {
        if (step.kind === "forge") {
          const at = blocks[step.pick % blocks.length] as number;
          exports.store_u64(BigInt(at - 8), BigInt(blocks[step.word] ?? step.word) | (BigInt((at ^ step.tag) >>> 0) << 32n));
          const claimed = Number(exports.length(BigInt(at)));
          if (claimed > 0) inside(at, claimed);
          exports.error_set(BigInt(at));
          if (step.free) exports.free(BigInt(at));
          continue;
        }
        const at = step.kind === "give" ? exports.host_alloc(step.length) >>> 0 : Number(exports.alloc(BigInt(step.length)));
        inside(at, step.length);
        if (step.kind === "give") kernel.heap.fill(2, at, at + step.length);
        blocks.push(at);
      }
      // The next call starts clean.
      const model = new Model();
      Object.assign(model, { kernel });
      model.run({ kind: "begin", length: 40, fill: 3 });
      for (const length of [1, 40, 5000, 70_000, 300_000]) model.run({ kind: "alloc", length, fill: 4 });
      model.check();
    }),
    { numRuns: 150 },
  );
});
