import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isIsopodError } from "../errors.ts";
import { functionNames, inspect, inspectModule, survey, type Inspected } from "./index.ts";

const DIST = new URL("../../../../guests/dist/", import.meta.url);
const guests = readdirSync(DIST)
  .filter((name) => name.endsWith(".wasm"))
  .map((name) => [name, new Uint8Array(readFileSync(new URL(name, DIST)))] as const);
const modules = guests.filter(([, bytes]) => WebAssembly.validate(bytes));

/** A stack trace takes longer than the whole of an inspection, and here a million are thrown. */
const limit = Error.stackTraceLimit;
beforeAll(() => void (Error.stackTraceLimit = 0));
afterAll(() => void (Error.stackTraceLimit = limit));

/** Nothing but a typed refusal may come out. */
function attempt(bytes: Uint8Array): Inspected | undefined {
  try {
    const inspected = inspect(bytes);
    functionNames(bytes, survey(bytes));
    return inspected;
  } catch (error) {
    if (!isIsopodError(error) || error.code !== "bad_module") throw error;
    return undefined;
  }
}

function bare({ imports, exports }: Inspected): unknown {
  return [imports.map(({ module, name, kind }) => ({ module, name, kind })), exports.map(({ name, kind }) => ({ name, kind }))];
}

function engine(bytes: Uint8Array<ArrayBuffer>): unknown {
  return bare(inspectModule(new WebAssembly.Module(bytes)));
}

describe.runIf(modules.length > 0)("real guests", { timeout: 60_000 }, () => {
  it.each(modules)("%s: the same imports and exports as the engine sees, all with their types", (_name, bytes) => {
    const inspected = inspect(bytes);
    expect(bare(inspected)).toEqual(engine(bytes));
    for (const { kind, type, memory } of [...inspected.imports, ...inspected.exports]) {
      expect(type !== undefined).toBe(kind === "function");
      expect(memory !== undefined).toBe(kind === "memory");
    }
  });

  it("every truncation is refused or read", () => {
    for (const [, bytes] of guests) for (let end = 0; end < bytes.length; end++) attempt(bytes.subarray(0, end));
  });

  it("every byte that it looks at, changed: refused or read", () => {
    for (const [, bytes] of modules) {
      const copy = bytes.slice();
      for (const at of read(bytes)) {
        for (const value of [0, bytes[at]! ^ 1, bytes[at]! ^ 0x80, 0x7f, 0xff]) {
          copy[at] = value;
          attempt(copy);
        }
        copy[at] = bytes[at]!;
      }
    }
  });

  it("what the engine still accepts after a bit has flipped is read, and read alike", () => {
    for (const [name, bytes] of modules.filter(([, { length }]) => length < 200)) {
      const copy = bytes.slice();
      for (let bit = 0; bit < copy.length * 8; bit++) {
        copy[bit >> 3]! ^= 1 << (bit & 7);
        const inspected = attempt(copy);
        if (WebAssembly.validate(copy) && JSON.stringify(inspected && bare(inspected)) !== JSON.stringify(engine(copy))) expect.fail(`${name}, bit ${bit}`);
        copy[bit >> 3] = bytes[bit >> 3]!;
      }
    }
  });
});

/** Where the bytes are that are not stepped over: all but what globals, elements, code, data and notes hold. */
function read(bytes: Uint8Array): number[] {
  const over = survey(bytes).sections.filter(({ id, name }) => [0, 6, 9, 10, 11].includes(id) && name !== "target_features");
  return [...bytes.keys()].filter((at) => !over.some(({ offset, size }) => at >= offset && at < offset + size));
}

describe("any bytes", () => {
  const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = fc.tuple(fc.integer({ min: 0, max: 14 }), fc.uint8Array({ maxLength: 60 })).map(([id, contents]) => [id, contents.length, ...contents]);

  it("are refused or read", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void attempt(bytes)));
  });

  it("are refused or read behind a header", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void attempt(new Uint8Array([...HEAD, ...bytes]))), { numRuns: 1000 });
  });

  it("are refused or read in sections that are well framed; and what the engine accepts is read", () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 6 }), (sections) => {
        const bytes = new Uint8Array([...HEAD, ...sections.toSorted(([a], [b]) => a! - b!).flat()]);
        const inspected = attempt(bytes);
        if (WebAssembly.validate(bytes)) expect(inspected).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it("that declare the most take time and space in proportion to their number", () => {
    const group = [0x4e, 0x90, 0xce, 0x00, ...Array<number[]>(10_000).fill([0x60, 0, 0]).flat()];
    const contents = [9, ...Array<number[]>(9).fill(group).flat()];
    const size = [0, 7, 14, 21].map((shift) => ((contents.length >> shift) & 127) | (shift < 21 ? 128 : 0));
    const bytes = new Uint8Array([...HEAD, 1, ...size, ...contents]);
    const started = performance.now();
    expect(survey(bytes).features).toEqual(["gc"]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
