import { describe, expect, test } from "vitest";
import { Scope } from "../capability/scope.ts";
import { IsopodError } from "../errors.ts";
import { inspect } from "../wasm/inspect.ts";
import type { Program, Unit } from "./abi.ts";
import { instantiate, type Linked, type Provider } from "./link.ts";

type Bytes = readonly number[];
const u = (value: number): Bytes => (value < 128 ? [value] : [(value % 128) + 128, ...u(value >> 7)]);
const text = (value: string): Bytes => [value.length, ...new TextEncoder().encode(value)];
const section = (id: number, items: readonly Bytes[]): Bytes => (items.length === 0 ? [] : [id, ...u(items.flat().length + u(items.length).length), ...u(items.length), ...items.flat()]);

interface Shape {
  /** `module.name` of functions `() -> i32`. */
  readonly imports?: readonly string[];
  /** Exported functions `() -> i32` and the instructions of their bodies. */
  readonly exports?: Readonly<Record<string, Bytes>>;
  readonly memory?: boolean;
  /** Index of the function that runs while it is instantiated; its type is `() -> ()`, and it is appended. */
  readonly start?: Bytes;
}

const CALL_0 = [0x10, 0];
const UNREACHABLE = [0];

function unit({ imports = [], exports = {}, memory = false, start }: Shape): Unit {
  const bodies = [...Object.values(exports), ...(start ? [start] : [])];
  const names = Object.keys(exports);
  const exported = [...names.map((name, index) => [...text(name), 0, imports.length + index]), ...(memory ? [[...text("memory"), 2, 0]] : [])];
  const bytes = new Uint8Array(
    [
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [[0x60, 0, 1, 0x7f], [0x60, 0, 0]]),
      section(2, imports.map((name) => [...text(name.slice(0, name.indexOf("."))), ...text(name.slice(name.indexOf(".") + 1)), 0, 0])),
      section(3, bodies.map((_body, index) => [index < names.length ? 0 : 1])),
      section(5, memory ? [[0, 1]] : []),
      section(7, exported),
      start ? [8, 1, imports.length + names.length] : [],
      section(10, bodies.map((body) => [body.length + 2, 0, ...body, 0x0b])),
    ].flat(),
  );
  return { module: new WebAssembly.Module(bytes), inspected: inspect(bytes) };
}

const link = (main: Unit, modules: Record<string, Unit> = {}, providers: (linked: Linked) => readonly Provider[] = () => []): ReturnType<typeof instantiate> =>
  instantiate({ main, modules } as unknown as Program, new Scope(), providers);
const run = (live: ReturnType<typeof instantiate>, name: string): unknown => (live.exports[name] as () => unknown)();
const refusal = (code: string, details?: unknown): unknown => expect.objectContaining({ code, ...(details !== undefined && { details }) });

describe("providers", () => {
  test("are asked in order, for each import by its module, name and kind", () => {
    const asked: unknown[] = [];
    const providers = (): Provider[] => [
      (wanted) => (asked.push(`${wanted.module}.${wanted.name} ${wanted.kind}`), wanted.name === "f" ? () => 1 : undefined),
      () => () => 2,
    ];
    const live = link(unit({ imports: ["a.f", "b.g"], exports: { f: CALL_0, g: [0x10, 1] } }), {}, providers);
    expect([run(live, "f"), run(live, "g"), ...asked]).toEqual([1, 2, "a.f function", "b.g function"]);
  });

  test("memory is there after instantiation, not before", () => {
    const touch = (linked: Linked) => [() => () => linked.memory.u8.length];
    expect(run(link(unit({ imports: ["a.f"], exports: { f: CALL_0 }, memory: true }), {}, touch), "f")).toBe(65_536);
    expect(() => link(unit({ imports: ["a.f"], start: [...CALL_0, 0x1a], memory: true }), {}, touch)).toThrow(refusal("trap"));
    expect(() => run(link(unit({ imports: ["a.f"], exports: { f: CALL_0 } }), {}, touch), "f")).toThrow(refusal("trap"));
  });

  test("what is no function where one is wanted does not link", () => {
    expect(() => link(unit({ imports: ["a.f"] }), {}, () => [() => 5])).toThrow(refusal("bad_signature"));
  });
});

describe("missing imports", () => {
  const TRAPS = ["__proto__.__proto__", "__proto__.f", "constructor.constructor", "env.__proto__", "env.toString", "env.hasOwnProperty", "toString.call"];

  test("are all named in one error, of companions too", () => {
    const modules = { lib: unit({ imports: ["x.y"], exports: { there: [0x41, 1] } }) };
    expect(() => link(unit({ imports: ["env.a", "lib.there", "lib.gone", "env.b"] }), modules)).toThrow(refusal("missing_import", { missing: ["env.a", "lib.gone", "env.b", "x.y"] }));
  });

  test("names on Object.prototype are not there by themselves", () => {
    expect(() => link(unit({ imports: TRAPS }), { env: unit({ exports: {} }) })).toThrow(refusal("missing_import", { missing: TRAPS }));
  });

  test("and work like any other where somebody gives them", () => {
    const live = link(unit({ imports: TRAPS, exports: { f: [0x10, 1], g: [0x10, 3] } }), {}, () => [({ module, name }) => () => `${module}.${name}`.length]);
    expect([run(live, "f"), run(live, "g")]).toEqual([11, 13]);
  });

  test("a long list is cut in the message, not in the details", () => {
    const names = Array.from({ length: 100 }, (_, n) => `env.f${n}`);
    expect(() => link(unit({ imports: names }))).toThrow(expect.objectContaining({ message: expect.stringContaining("and 80 more") as unknown, details: { missing: names } }));
  });
});

describe("companions", () => {
  test("are linked through, once each, whoever asks first", () => {
    let starts = 0;
    const modules = {
      base: unit({ imports: ["host.tick"], exports: { value: [0x41, 5] }, start: [...CALL_0, 0x1a] }),
      lib: unit({ imports: ["base.value"], exports: { doubled: [...CALL_0, ...CALL_0, 0x6a] } }),
    };
    const main = unit({ imports: ["lib.doubled", "base.value"], exports: { sum: [...CALL_0, 0x10, 1, 0x6a] } });
    const live = link(main, modules, () => [({ module }) => (module === "host" ? () => ++starts : undefined)]);
    expect([run(live, "sum"), starts]).toEqual([15, 1]);
  });

  test("are initialised before they are used, the main module is not", () => {
    const told: string[] = [];
    const providers = (): Provider[] => [({ module, name }) => (module === "host" ? () => told.push(name) : undefined)];
    const lib = unit({ imports: ["host.lib"], exports: { _initialize: CALL_0, f: [0x41, told.length] } });
    link(unit({ imports: ["lib.f", "host.main"], exports: { _initialize: [0x10, 1] } }), { lib }, providers);
    expect(told).toEqual(["lib"]);
  });

  test("each has a memory of its own", () => {
    const touch = (linked: Linked): Provider[] => [({ module }) => (module === "host" ? () => (linked.memory.u8[0]!++, linked.memory.u8[0]!) : undefined)];
    const lib = unit({ imports: ["host.touch"], exports: { touch: CALL_0 }, memory: true });
    const live = link(unit({ imports: ["host.touch", "lib.touch"], exports: { own: CALL_0, theirs: [0x10, 1] }, memory: true }), { lib }, touch);
    expect([run(live, "own"), run(live, "own"), run(live, "theirs"), live.memory!.u8[0]]).toEqual([1, 2, 1, 2]);
  });

  test("are not instantiated unless they are asked for", () => {
    expect(run(link(unit({ exports: { f: [0x41, 7] } }), { bomb: unit({ start: UNREACHABLE }) }), "f")).toBe(7);
  });

  test("a name that a companion has hides the host's", () => {
    const lib = unit({ exports: { f: [0x41, 7] } });
    expect(run(link(unit({ imports: ["env.f"], exports: { g: CALL_0 } }), { env: lib }, () => [() => () => 1]), "g")).toBe(7);
  });

  test.each([
    ["two", { a: unit({ imports: ["b.f"], exports: { f: CALL_0 } }), b: unit({ imports: ["a.f"], exports: { f: CALL_0 } }) }],
    ["one, itself", { a: unit({ imports: ["a.f"], exports: { f: CALL_0 } }) }],
  ])("a circle of %s is refused", (_name, modules) => {
    expect(() => link(unit({ imports: ["a.f"] }), modules)).toThrow(refusal("bad_module"));
  });

  test("the wrong kind of export does not link", () => {
    expect(() => link(unit({ imports: ["lib.memory"] }), { lib: unit({ memory: true }) })).toThrow(refusal("bad_signature"));
  });
});

describe("a start function", () => {
  test("that traps", () => {
    expect(() => link(unit({ start: UNREACHABLE }))).toThrow(refusal("trap"));
    expect(() => link(unit({ imports: ["lib.f"] }), { lib: unit({ exports: { f: [0x41, 1] }, start: UNREACHABLE }) })).toThrow(refusal("trap"));
  });

  test("that calls itself for ever", () => {
    expect(() => link(unit({ start: CALL_0 }))).toThrow(refusal("trap"));
  });

  test("whose import throws an error of ours", () => {
    const error = new IsopodError("denied", "no");
    expect(() => link(unit({ imports: ["a.f"], start: [...CALL_0, 0x1a] }), {}, () => [() => () => { throw error; }])).toThrow(error);
  });
});
