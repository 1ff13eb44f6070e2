import fc from "fast-check";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moduleOf } from "./compare.fixture.ts";
import { harden } from "./index.ts";
import { refusal } from "./metered.fixture.ts";
import { COMPUTING } from "./opcodes.fixture.ts";
import { LEGACY, SPECIAL } from "./special.fixture.ts";

/** A stack trace takes longer than all the rest, and thousands are thrown. */
const limit = Error.stackTraceLimit;
beforeAll(() => void (Error.stackTraceLimit = 0));
afterAll(() => void (Error.stackTraceLimit = limit));

const POLICY = { memory: 2 ** 26, tables: 1000 };
const guest = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../../../guests/dist/${name}.wasm`, import.meta.url)));
const small = (index: number): Uint8Array => moduleOf([...SPECIAL, ...LEGACY].slice(index * 12, index * 12 + 12));
const subjects: Record<string, Uint8Array> = {
  "all that is special": moduleOf([...SPECIAL, ...LEGACY]),
  ...Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((index) => [`a part of it, ${index}`, small(index)])),
  "what computes": moduleOf(COMPUTING.filter((_, index) => index % 37 === 0)),
  "a guest": guest("packed-wat"),
};

describe("modules with some bytes changed, put in or left out are as valid afterwards as before, or refused", () => {
  const change = fc.record({ at: fc.nat(), less: fc.nat({ max: 2 }), more: fc.array(fc.oneof(fc.nat({ max: 255 }), fc.nat({ max: 6 }), fc.constantFrom(0x0b, 0x7f, 0x40, 0x80, 0x03, 0x10)), { maxLength: 2 }) });
  it.each(Object.entries(subjects))("%s", (_, bytes) => {
    let valid = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        let changed = [...bytes];
        for (const { at, less, more } of changes) changed = changed.toSpliced(8 + (at % (changed.length - 8)), less, ...more);
        const module = Uint8Array.from(changed);
        const before = WebAssembly.validate(module);
        let after: boolean;
        try {
          after = WebAssembly.validate(harden(module, POLICY));
        } catch {
          const [code] = refusal(() => harden(module, POLICY));
          expect(before ? ["unsupported", "limit"] : ["unsupported", "limit", "bad_module"]).toContain(code);
          return;
        }
        expect(after).toBe(before);
        if (after) valid++;
      }),
      { numRuns: bytes.length > 1500 ? 150 : 500, seed: 7 },
    );
    expect(valid).toBeGreaterThan(0);
  }, 30_000);
});
