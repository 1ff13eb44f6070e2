import { describe, expect, it } from "vitest";
import { isIsopodError } from "../errors.ts";
import { functionNames, inspect as load, inspectModule, survey, type Inspected, type Survey } from "./index.ts";

type Bytes = readonly number[];

const HEAD: Bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** An unsigned LEB128 number. */
function u(value: number): Bytes {
  return value < 128 ? [value] : [(value % 128) + 128, ...u(Math.floor(value / 128))];
}

function text(value: string): Bytes {
  const bytes = [...new TextEncoder().encode(value)];
  return [...u(bytes.length), ...bytes];
}

function vec(...items: Bytes[]): Bytes {
  return [...u(items.length), ...items.flat()];
}

function section(id: number, ...contents: Bytes[]): Bytes {
  const bytes = contents.flat();
  return [id, ...u(bytes.length), ...bytes];
}

function module(...sections: Bytes[]): Uint8Array {
  return new Uint8Array([...HEAD, ...sections.flat()]);
}

const I32 = 0x7f;
const I64 = 0x7e;
const V128 = 0x7b;

const types = (...items: Bytes[]): Bytes => section(1, vec(...items));
const func = (params: (number | Bytes)[], results: (number | Bytes)[]): Bytes => [0x60, ...vec(...params.map((type) => [type].flat())), ...vec(...results.map((type) => [type].flat()))];
const memory = (flags: number, ...numbers: number[]): Bytes => [flags, ...numbers.flatMap(u)];
const exported = (name: string, kind: number, index: number): Bytes => [...text(name), kind, ...u(index)];
const imported = (module: string, name: string, ...what: number[]): Bytes => [...text(module), ...text(name), ...what];
/** A type, a function of it, that function exported, its body. */
const lone = (...type: Bytes[]): Uint8Array => module(types(...type), section(3, vec([0])), section(7, vec(exported("f", 0, 0))), section(10, vec([2, 0, 0x0b])));

/** All that can be read. */
function inspect(bytes: Uint8Array): Inspected & Survey {
  return { ...load(bytes), ...survey(bytes) };
}

function featuresOf(...sections: Bytes[]): readonly string[] {
  return inspect(module(...sections)).features;
}

function refusal(bytes: Uint8Array): string {
  try {
    inspect(bytes);
  } catch (error) {
    if (isIsopodError(error) && error.code === "bad_module") return error.message;
    throw error;
  }
  return "accepted";
}

describe("what it reads", () => {
  it("reads imports, exports, their types, memories, start and sections", () => {
    const bytes = module(
      types(func([I32, I64], [I32]), func([], [])),
      section(2, vec(imported("env", "f", 0, 0), imported("env", "memory", 2, 1, 1, 2), imported("env", "t", 1, 0x70, 0, 1), imported("é", "g", 3, I32, 1))),
      section(3, vec([1])),
      section(7, vec(exported("run", 0, 1), exported("again", 0, 0), exported("memory", 2, 0), exported("g", 3, 0), exported("", 1, 0))),
      section(8, u(1)),
      section(10, vec([2, 0, 0x0b])),
      section(0, text("note"), [1, 2, 3]),
    );
    const first = { params: ["i32", "i64"], results: ["i32"] };
    const shared = { minimum: 1, maximum: 2, shared: false, wide: false };
    const inspected = inspect(bytes);
    expect(inspected).toStrictEqual({
      form: "module",
      size: bytes.length,
      imports: [
        { module: "env", name: "f", kind: "function", type: first },
        { module: "env", name: "memory", kind: "memory", memory: shared },
        { module: "env", name: "t", kind: "table" },
        { module: "é", name: "g", kind: "global" },
      ],
      exports: [
        { name: "run", kind: "function", type: { params: [], results: [] } },
        { name: "again", kind: "function", type: first },
        { name: "memory", kind: "memory", memory: shared },
        { name: "g", kind: "global" },
        { name: "", kind: "table" },
      ],
      memories: [shared],
      start: true,
      features: [],
      custom: inspected.sections.slice(-1),
      sections: inspected.sections,
    });
    expect(inspected.sections.map(({ id, name }) => [id, name])).toEqual([[1, "type"], [2, "import"], [3, "function"], [7, "export"], [8, "start"], [10, "code"], [0, "note"]]);
    const note = inspected.custom[0]!;
    expect([...bytes.subarray(note.offset, note.offset + note.size)]).toEqual([1, 2, 3]);
    expect(WebAssembly.validate(bytes as BufferSource)).toBe(true);
  });

  it("reads an empty module, and a view in the middle of a buffer", () => {
    expect(inspect(module())).toMatchObject({ form: "module", size: 8, imports: [], exports: [], sections: [] });
    const padded = new Uint8Array([9, 9, ...lone(func([I32], [])), 9, 9]);
    expect(inspect(padded.subarray(2, -2)).exports).toEqual(inspect(lone(func([I32], []))).exports);
  });

  it("recognises a component and reads no more of it", () => {
    expect(inspect(new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 99, 99]))).toStrictEqual({
      form: "component",
      size: 10,
      imports: [],
      exports: [],
      memories: [],
      start: false,
      features: [],
      custom: [],
      sections: [],
    });
  });

  it("keeps names as they are: a byte order mark, an astral character, __proto__", () => {
    const names = ["\ufeffbom", "💙", "__proto__", "x".repeat(1000)];
    const bytes = module(types(func([], [])), section(2, vec(...names.map((name) => imported(name, name, 0, 0)))));
    expect(inspect(bytes).imports.map(({ module, name }) => [module, name])).toEqual(names.map((name) => [name, name]));
  });

  it("tells names and kinds of a compiled Module, and nothing it would have to guess", () => {
    const bytes = module(types(func([I32], [])), section(2, vec(imported("env", "f", 0, 0))), section(7, vec(exported("f", 0, 0))));
    expect(inspectModule(new WebAssembly.Module(bytes as BufferSource))).toEqual({
      form: "module",
      imports: [{ module: "env", name: "f", kind: "function" }],
      exports: [{ name: "f", kind: "function" }],
      memories: [],
    } satisfies Inspected);
  });
});

describe("modern modules", () => {
  const STRUCT: Bytes = [0x5f, 3, I32, 1, 0x78, 0, 0x63, 0, 1];
  const ARRAY: Bytes = [0x5e, 0x77, 1];
  const f = func([I32], []);
  const group = (...members: Bytes[]): Bytes => [0x4e, ...vec(...members)];

  it.each<[string, Bytes[], number]>([
    ["a struct and an array", [STRUCT, ARRAY, f], 2],
    ["a group of two that refer to each other", [group([0x5f, 1, 0x63, 1, 0], [0x5f, 1, 0x64, 0, 0]), f], 2],
    ["an empty group", [group(), f], 0],
    ["a subtype, open and final", [[0x50, 0, ...STRUCT], [0x50, 1, 0, ...STRUCT], [0x4f, 1, 0, ...STRUCT], f], 3],
    ["a function type in a group", [group([0x50, 0, ...f])], 0],
    ["references to abstract types", [func([0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x73, 0x72, 0x71, [0x63, 0x70], [0x64, 0x6e]], []), f], 1],
  ])("reads %s", (_name, entries, index) => {
    const bytes = module(types(...entries), section(3, vec(u(index))), section(7, vec(exported("f", 0, 0))));
    const { exports, features } = inspect(bytes);
    expect(exports[0]!.type).toEqual({ params: ["i32"], results: [] });
    expect(features).toEqual(["gc"]);
  });

  it("reads references to types, near and far", () => {
    const { exports } = inspect(lone(func([[0x63, 0x70]], [[0x64, ...u(300)]]), f));
    expect(exports[0]!.type).toEqual({ params: ["ref"], results: ["ref"] });
    expect(inspect(lone(func([0x70, 0x6f, 0x6e], []))).exports[0]!.type!.params).toEqual(["funcref", "externref", "ref"]);
  });

  it("refuses to take a struct for the type of a function", () => {
    expect(refusal(lone(STRUCT))).toMatch(/0 is unknown \(section 3, byte \d+\)/);
  });

  it("reads tags, own and imported", () => {
    expect(featuresOf(types(f), section(13, vec([0, 0])), section(7, vec(exported("e", 4, 0))))).toEqual(["exceptions"]);
    const { imports, features } = inspect(module(types(f), section(2, vec(imported("env", "e", 4, 0, 0), imported("env", "f", 0, 0)))));
    expect(imports).toEqual([{ module: "env", name: "e", kind: "tag" }, { module: "env", name: "f", kind: "function", type: { params: ["i32"], results: [] } }]);
    expect(features).toEqual(["exceptions"]);
  });

  it("reads memories: 64-bit, shared, several, with a page size", () => {
    const far = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40];
    const { memories, features, exports } = inspect(
      module(section(5, vec(memory(0, 1), memory(3, 1, 2), [5, 1, ...far], memory(8, 7, 0), memory(9, 7, 8, 16))), section(7, vec(exported("m", 2, 2)))),
    );
    expect(memories).toEqual([
      { minimum: 1, shared: false, wide: false },
      { minimum: 1, maximum: 2, shared: true, wide: false },
      { minimum: 1, maximum: 2 ** 48, shared: false, wide: true },
      { minimum: 7, shared: false, wide: false },
      { minimum: 7, maximum: 8, shared: false, wide: false },
    ]);
    expect(exports[0]!.memory).toBe(memories[2]);
    expect(features).toEqual(["memory64", "multi-memory", "shared-memory"]);
  });

  it("reads imported tables of any kind, and steps over own ones with initialisers", () => {
    const bytes = module(
      section(2, vec(imported("env", "a", 1, 0x6f, 4, ...[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), imported("env", "b", 1, 0x63, 0x70, 1, 1, 1))),
      section(4, vec([0x40, 0, 0x64, 0x70, 0, 1, 0xd2, 0, 0x0b])),
      section(5, vec(memory(0, 1))),
    );
    expect(inspect(bytes)).toMatchObject({ imports: [{ kind: "table" }, { kind: "table" }], memories: [{ minimum: 1 }], features: ["gc", "memory64", "reference-types"] });
  });

  it("names what types and sections show", () => {
    expect(inspect(lone(func([], [I32, I32]))).features).toEqual(["multi-value"]);
    expect(inspect(lone(func([V128], []))).features).toEqual(["simd"]);
    expect(inspect(lone(func([0x6f], []))).features).toEqual(["reference-types"]);
    expect(inspect(lone(func([0x69], []))).features).toEqual(["exceptions"]);
    expect(inspect(lone(func([0x70], []))).features).toEqual([]);
  });

  it("takes over target_features that are used, and forgives a broken list", () => {
    const feature = (sign: string, name: string): Bytes => [sign.charCodeAt(0), ...text(name)];
    const list = vec(feature("+", "bulk-memory"), feature("-", "atomics"), feature("+", "sign-ext"));
    expect(featuresOf(section(0, text("target_features"), list))).toEqual(["bulk-memory", "sign-ext"]);
    expect(featuresOf(section(0, text("target_features"), list.slice(0, -3)))).toEqual(["bulk-memory"]);
    expect(featuresOf(section(0, text("target_features"), [0xff, 0xff]))).toEqual([]);
    expect(featuresOf(section(0, text("target_features"), list, [1, 2]))).toEqual(["bulk-memory", "sign-ext"]);
  });
});

describe("what it refuses, each in a sentence that says where", () => {
  const f = func([], []);

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /it is empty \(outline, byte 0\)/],
    ["a page of HTML", new TextEncoder().encode("<!DOCTYPE html>"), /it begins with "<!DOCTYP"/],
    ["a header cut short", new Uint8Array(HEAD.slice(0, 6)), /it begins with/],
    ["another version", new Uint8Array([...HEAD.slice(0, 4), 2, 0, 0, 0]), /it begins with/],
    ["a section that is not known", module(section(14)), /14 is unknown/],
    ["a section that is there twice", module(types(f), types(f)), /section 1 is misplaced/],
    ["sections in a wrong order", module(section(3, vec()), types()), /section 1 is misplaced/],
    ["tags after globals", module(section(6, vec()), section(13, vec())), /section 13 is misplaced/],
    ["the data count after the code", module(section(10, vec()), section(12, u(0))), /section 12 is misplaced/],
    ["a section that goes on after the end", module([1, 5, 0]), /it ends too early \(outline, byte 10\)/],
    ["a section that holds more than its list", module(section(1, vec(f), [0])), /it is too long \(section 1/],
    ["a section that holds less than its list", module(section(1, [2], f)), /it ends too early \(section 1/],
    ["a custom section without a name", module(section(0)), /it ends too early/],
    ["a name beyond its section", module([0, 2, 5, 0x61], section(0, text("abcdef"))), /it ends too early/],
    ["a name that is not UTF-8", module(section(0, [2, 0xff, 0xfe])), /a name is not UTF-8/],
    ["a lone surrogate", module(section(7, vec([3, 0xed, 0xa0, 0x80, 0, 0]))), /a name is not UTF-8 \(section 7/],
    ["a number of six bytes", module([1, 0x80, 0x80, 0x80, 0x80, 0x80, 0]), /a number is too long/],
    ["a number above 2^32", module([1, 0xff, 0xff, 0xff, 0xff, 0x1f]), /a number is too long/],
    ["a number above 2^64", module(section(5, [1, 4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02])), /a number is too long \(section 5/],
    ["a type of no kind", module(types([0x5c, 0, 0])), /92 is unknown \(section 1/],
    ["a value type of no kind", module(types(func([0x40], []))), /64 is unknown \(section 1/],
    ["a group in a group", module(types([0x4e, 1, 0x4e, 0])), /78 is unknown/],
    ["limits of no kind", module(section(5, vec([16, 0]))), /16 is unknown \(section 5/],
    ["an import of no kind", module(section(2, vec(imported("a", "b", 5, 0)))), /5 is unknown \(section 2/],
    ["a function of a type that is not there", module(types(f), section(3, vec([1]))), /1 is unknown \(section 3/],
    ["an export of a function that is not there", module(section(7, vec(exported("f", 0, 0)))), /0 is unknown \(section 7/],
    ["an export of a memory that is not there", module(section(7, vec(exported("m", 2, 3)))), /3 is unknown \(section 7/],
    ["two exports of one name", module(section(5, vec(memory(0, 1))), section(7, vec(exported("m", 2, 0), exported("m", 2, 0)))), /two are called "m" \(section 7/],
    ["more imports than allowed", module(section(2, u(10_001))), /10001 is more than the 10000 allowed \(section 2/],
    ["more exports than allowed", module(section(7, u(50_001))), /50001 is more than the 50000 allowed/],
    ["more types than allowed", module(section(1, u(100_001))), /100001 is more than the 100000 allowed/],
    ["more types than allowed, in a group", module(section(1, vec(f, [0x4e, ...u(100_000)]))), /100000 is more than the 99999 allowed/],
    ["more functions than allowed", module(section(3, u(1_000_001))), /1000001 is more than the 1000000 allowed/],
    ["more memories than allowed", module(section(5, u(101))), /101 is more than the 100 allowed/],
    ["more parameters than allowed", module(section(1, vec([0x60, ...u(1001)]))), /1001 is more than the 1000 allowed/],
    ["a name longer than allowed", module(section(0, u(100_001))), /100001 is more than the 100000 allowed/],
    ["more sections than allowed", module(...Array.from({ length: 10_001 }, () => section(0, text("")))), /10001 is more than the 10000 allowed/],
  ])("%s", (_name, bytes, message) => {
    expect(refusal(bytes)).toMatch(message);
  });

  it("accepts padded numbers, which linkers write", () => {
    expect(inspect(module([1, 0x81, 0x80, 0x80, 0x80, 0, 0])).sections).toEqual([{ id: 1, name: "type", offset: 14, size: 1 }]);
  });
});

describe("functionNames", () => {
  const named = (...contents: Bytes[]): Map<number, string> => {
    const bytes = module(section(0, text("name"), ...contents));
    return functionNames(bytes, inspect(bytes));
  };
  const list = vec([0, ...text("main")], [...u(300), ...text("größe")]);

  it("reads the names of functions, whatever stands before and after them", () => {
    const all = new Map([[0, "main"], [300, "größe"]]);
    expect(named(section(1, list))).toEqual(all);
    expect(named(section(0, text("module")), section(1, list), section(2, vec([0, 0])))).toEqual(all);
  });

  it("gives what it can of a section that is missing, empty or broken", () => {
    expect(functionNames(module(), inspect(module()))).toEqual(new Map());
    expect(named()).toEqual(new Map());
    expect(named(section(0, text("module")))).toEqual(new Map());
    expect(named(section(1, list.slice(0, -2)))).toEqual(new Map([[0, "main"]]));
    expect(named(section(1, vec([0, ...text("main")], [1, 1, 0xff])))).toEqual(new Map([[0, "main"]]));
    expect(named([1, 0xff, 0xff, 0xff, 0xff, 0xff])).toEqual(new Map());
  });

  it("survives bytes other than those inspected", () => {
    const bytes = module(section(0, text("name"), section(1, list)));
    expect(functionNames(bytes.subarray(0, 12), inspect(bytes))).toEqual(new Map());
  });
});
