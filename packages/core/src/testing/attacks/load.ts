import { ok, within } from "../assert.ts";
import { ANY_ERROR, type Attack, type Target } from "./attack.ts";
import { build, HEADER, join, list, section, text, type Shape } from "./binary.ts";
import { add, call, drop, forever, grow, i32, leb, loop, signed, sized, unreachable } from "./code.ts";
import { answers, BOUND_MS, code, failing, refused, stopped } from "./judge.ts";
import { limited } from "./limited.ts";
import { generator } from "./random.ts";

const RUN = { results: "i32", body: [i32(42)], as: "run" } as const;
const plain = { speaks: ["plain"] } as const;
const bounded = { speaks: ["plain", "limits"] } as const;
const ours = { ...bounded, ours: true } as const;
/** Valid modules, too large or too strange for us. */
const valid = { ...plain, harmless: true } as const;

/** A module that answers 42, and whatever else `shape` has. */
const with42 = (shape: Shape = {}): Uint8Array => build({ ...shape, functions: [RUN, ...(shape.functions ?? [])] });
/** Sections whose count claims more than there is. */
const claims = (id: number, count: number): (() => Uint8Array) => () => join([HEADER, section(id, [...leb(count), 0, 0, 0])]);
const many = (count: number, item: (index: number) => readonly number[]): number[] => {
  const bytes = leb(count);
  for (let index = 0; index < count; index++) bytes.push(...item(index));
  return bytes;
};

/** What may come of bytes that are no sound module, wherever the fault lies. */
const BROKEN = ["bad_module", "abi_unknown", "bad_signature", "missing_import", "unsupported"];

/** Every one of these byte strings must be refused, each within its time. */
function allRefused(name: string, all: () => Iterable<Uint8Array>): Attack {
  return {
    name: `load: ${name}`,
    expected: `each is refused: ${BROKEN.join(" or ")}`,
    speaks: ["plain"],
    needs: ["compile"],
    harmless: true, // eight bytes are a whole module
    run: async (target) => {
      const seen = new Set<string>();
      let count = 0;
      for (const bytes of all()) {
        seen.add(await failing(target, within(BOUND_MS, target.load({ name, bytes: () => bytes })), BROKEN));
        count++;
      }
      return `${count} refused: ${[...seen].sort().join(", ")}`;
    },
  };
}

/** Code comes last, so that nothing shorter can run. */
function* truncated(): Generator<Uint8Array> {
  const whole = with42({ memory: [1], table: [1], globals: [7] });
  for (let length = 0; length < whole.length; length++) yield whole.subarray(0, length);
}

function* noise(): Generator<Uint8Array> {
  const random = generator(4);
  for (let count = 0; count < 60; count++) {
    const bytes = Array.from({ length: 1 + random(200) }, () => random(256));
    yield join([count % 3 === 0 ? [] : HEADER, bytes]);
  }
}

/** What is claimed must be refused for its size alone. */
const COUNTS: readonly Attack[] = [
  refused("4,294,967,295 types in three bytes", claims(1, 2 ** 32 - 1), "bad_module", plain),
  refused("4,294,967,295 imports in three bytes", claims(2, 2 ** 32 - 1), "bad_module", plain),
  refused("4,294,967,295 exports in three bytes", claims(7, 2 ** 32 - 1), "bad_module", plain),
  refused("a section longer than the module", () => join([HEADER, [1, ...leb(2 ** 31)]]), "bad_module", plain),
  refused("150,000 types", () => build({ raw: { 1: many(150_000, () => [0x60, 0, 0]) } }), "bad_module", valid),
  refused("50,000 types: 10 seconds of Node 20, and 20 such modules end Node 24", () => build({ functions: [RUN], raw: { 1: many(50_000, (index) => (index === 0 ? [0x60, 0, 1, 0x7f] : [0x60, 8, ...Array.from({ length: 8 }, (_, at) => 0x7c + ((index >> (at * 2)) & 3)), 0])) } }), "bad_module", ours),
  refused("50,000 imports", () => build({ raw: { 1: list([[0x60, 0, 0]]), 2: many(50_000, () => [...text("a"), ...text("b"), 0, 0]) } }), "bad_module", plain),
  refused("60,000 exports", () => build({ functions: [RUN], raw: { 7: many(60_000, (index) => [...text(index.toString(36)), 0, 0]) } }), "bad_module", valid),
  refused("4 billion locals in one function", () => build({ functions: [RUN], raw: { 10: [1, ...sized([1, ...leb(2 ** 32 - 1), 0x7f, 0x41, 0, 0x0b])] } }), "bad_module", plain),
  refused("60,000 locals in one function", () => build({ functions: [RUN], raw: { 10: [1, ...sized([1, ...leb(60_000), 0x7f, 0x41, 0, 0x0b])] } }), "bad_module", plain),
  refused("20,000 custom sections", () => join([HEADER, Array.from({ length: 20_000 }, () => section(0, [0])).flat()]), "bad_module", valid),
  refused("a name of 4 GiB", () => join([HEADER, section(1, list([[0x60, 0, 0]])), section(2, [1, ...leb(2 ** 32 - 1), 97])]), "bad_module", plain),
];

const names = (...pairs: readonly (readonly [module: string, name: string])[]): Uint8Array => with42({ imports: pairs.map(([module, name]) => ({ module, name })) });

/** Each of these is missing, and named. */
function denied(name: string, ...pairs: readonly (readonly [module: string, name: string])[]): Attack {
  return {
    name: `load: ${name}`,
    expected: "refused: missing_import, with every name",
    speaks: ["plain"],
    needs: ["compile"],
    run: async (target) => {
      try {
        await within(BOUND_MS, target.load({ name, bytes: () => names(...pairs) }));
      } catch (error) {
        const seen = code(target, error);
        ok(seen === "missing_import" || seen === ANY_ERROR, `expected missing_import, got ${seen}: ${String(error)}`);
        for (const [, field] of seen === ANY_ERROR ? [] : pairs) ok(String((error as Error).message).includes(field), `${field} is not named: ${String(error)}`);
        return `missing_import, ${pairs.length} named`;
      }
      throw new Error("it was loaded");
    },
  };
}

/** Something else than a function under a name that the host would call. */
const kinds: readonly Attack[] = [
  refused("an operation that is a global", () => build({ globals: [1], exports: [{ name: "run", kind: 3, index: 0 }] }), ["abi_unknown", "bad_signature"], valid),
  refused("a memory where malloc should be", () => build({ memory: [1], exports: [{ name: "malloc", kind: 2, index: 0 }] }), ["abi_unknown", "bad_signature"], { speaks: ["packed"] }),
  refused("an ABI asked for whose exports have other kinds", () => build({ globals: [1], functions: [RUN], exports: [{ name: "memory", kind: 3, index: 0 }, { name: "malloc", kind: 3, index: 0 }] }), "bad_signature", { speaks: ["packed"], options: { abi: "packed" } }),
  answers("load: `_start` and `_initialize` that are no functions", { bytes: () => with42({ globals: [1], table: [1], exports: [{ name: "_start", kind: 3, index: 0 }, { name: "_initialize", kind: 1, index: 0 }] }) }, 42, plain),
  answers("load: exports called __proto__, constructor, then and toString", { bytes: () => with42({ functions: ["__proto__", "constructor", "then", "toString"].map((as) => ({ ...RUN, as })) }) }, 42, plain),
  stopped("control: an operation called __proto__ that is not there", { bytes: () => with42() }, "missing_export", { ...plain, op: "__proto__" }),
];

/** A feature that is refused by our own scan, before an engine is asked. */
const features: readonly Attack[] = [
  refused("a 64-bit memory", () => build({ functions: [RUN], raw: { 5: [1, 4, 1] } }), "unsupported", bounded),
  refused("a shared memory", () => build({ functions: [RUN], raw: { 5: [1, 3, 1, 1] } }), "unsupported", { ...bounded, harmless: true }),
  refused("a memory of custom page size", () => build({ functions: [RUN], raw: { 5: [1, 8, 1, 0] } }), "unsupported", bounded),
  refused("garbage-collected types", () => build({ functions: [RUN], raw: { 1: [2, 0x5f, 0, 0x60, 0, 1, 0x7f], 3: [1, 1] } }), "unsupported", bounded),
  refused("relaxed SIMD", () => build({ functions: [{ results: "i32", body: [V128, V128, 0xfd, 0x80, 0x02, drop, i32(1)], as: "run" }] }), "unsupported", bounded),
];
const V128 = [0xfd, 12, ...Array.from({ length: 16 }, () => 0)];

const spinning = { body: [forever()] };


/** What limits hold at load. */
const held: readonly Attack[] = [
  refused("a memory of 4 GiB from the start", () => with42({ memory: [65_536] }), "limit memory", bounded),
  refused("a memory one page above its limit", () => with42({ memory: [17] }), "limit memory", { ...bounded, options: limited({ memory: 16 * 65_536 }) }),
  refused("a table of 10 million elements", () => with42({ table: [10_000_000] }), ["limit tables", "bad_module"], bounded),
  refused("a start function that never ends", () => with42({ functions: [spinning], start: 1 }), "limit fuel", { ...bounded, options: limited({ fuel: 10_000_000 }) }),
  refused("an initialiser that never ends", () => with42({ functions: [{ ...spinning, as: "_initialize" }] }), "limit fuel", { ...bounded, options: limited({ fuel: 10_000_000 }) }),
  refused("a start function that traps", () => with42({ functions: [{ body: [unreachable] }], start: 1 }), "trap", plain),
  refused("a start function that calls itself for ever", () => with42({ functions: [{ body: [call(1)] }], start: 1 }), ["trap", "limit fuel"], plain),
  refused("an import of the fuel counter's tick", () => with42({ imports: [{ module: "isopod", name: "tick", params: "i32 i32", results: "i32" }] }), "bad_module", ours),
  refused("an import of another module's fuel counter", () => with42({ imports: [{ module: "lib", name: "isopod:fuel", params: "i32", results: "i32" }] }), "bad_module", ours),
  refused("an export of the fuel counter's name", () => with42({ globals: [2 ** 30], exports: [{ name: "isopod:fuel", kind: 3, index: 0 }] }), "bad_module", ours),
  refused("a manifest that claims it was hardened", () => with42({ custom: [{ name: "isopod", contents: [...'{"version":1,"memory":null,"tables":null,"digest":"","held":0}'].map((letter) => letter.charCodeAt(0)) }] }), "bad_module", ours),
  answers("load: a name section and claims with lying lengths", { bytes: () => with42({ custom: [{ name: "name", contents: [1, ...leb(2 ** 31), 255, 255] }, { name: "jwt", contents: leb(2 ** 32 - 1) }, { name: "target_features", contents: leb(2 ** 32 - 1) }, { name: "producers", contents: [255, 255, 255, 255, 15] }] }) }, 42, plain),
  answers("load: memory.grow stops at the limit, and answers -1", { memory: 2 ** 20, bytes: () => build({ memory: [1], functions: [{ results: "i32", locals: "i32", body: [loop([i32(1), ...grow, 0x22, 0, i32(-1), 0x47, 0x0d, 0]), 0x3f, 0], as: "run" }] }) }, 16, { ...bounded, options: limited({ memory: 2 ** 20 }) }),
  answers("load: memory.grow by 65,535 pages answers -1", { memory: 2 ** 20, bytes: () => build({ memory: [1], functions: [{ results: "i32", body: [i32(65_535), ...grow], as: "run" }] }) }, -1, { ...bounded, options: limited({ memory: 2 ** 20 }) }),
  answers("load: table.grow stops at the limit, and answers -1", { tables: 1000, bytes: () => build({ table: [1], functions: [{ results: "i32", body: [[0xd0, 0x70], i32(999), [0xfc, 15, 0], drop, [0xd0, 0x70], i32(1), [0xfc, 15, 0]], as: "run" }] }) }, -1, { ...bounded, options: limited({ tables: 1000 }) }),
];

/** Either it runs or it is refused with a code, and in bounded time. */
function survives(name: string, bytes: () => Uint8Array, op = "run"): Attack {
  return {
    name: `load: ${name}`,
    expected: "answers, or is refused with a code, within 30 s",
    speaks: ["plain"],
    needs: ["compile"],
    run: async (target: Target) => {
      try {
        const victim = await within(BOUND_MS, target.load({ name, bytes }));
        const answer = await within(BOUND_MS, victim.call(op));
        await victim.dispose();
        return `answered ${String(answer)}`;
      } catch (error) {
        const seen = code(target, error);
        ok([ANY_ERROR, "bad_module", "limit fuel", "limit time", "trap"].includes(seen), seen);
        return seen;
      }
    },
  };
}

/** A body written without an array of millions on the stack. */
function huge(unit: readonly number[], count: number, head: readonly number[], tail: readonly number[]): Uint8Array {
  const middle = new Uint8Array(unit.length * count);
  for (let at = 0; at < middle.length; at += unit.length) middle.set(unit, at);
  const size = 1 + head.length + middle.length + tail.length + 1;
  const body = join([[1, ...leb(size), 0], head, middle, tail, [0x0b]]);
  const front = build({ functions: [RUN], raw: { 10: [] } });
  return join([front, [10, ...leb(body.length)], body]);
}

const bombs: readonly Attack[] = [
  survives("one function of 7 MB", () => huge([0x41, ...signed(77), add], 2_300_000, [0x41, 0], [])),
  survives("50,000 blocks within each other", () => huge([0x02, 0x40], 50_000, [], [...Array.from({ length: 50_000 }, () => 0x0b), 0x41, 1])),
  survives("a br_table of 60,000 targets", () => build({ functions: [{ results: "i32", body: [0x02, 0x40, i32(0), 0x0e, ...leb(60_000), Array.from({ length: 60_001 }, () => 0), 0x0b, i32(1)], as: "run" }] })),
  survives("10,000 functions that call one another", () => build({ functions: Array.from({ length: 10_000 }, (_, index) => ({ ...(index === 0 ? RUN : { results: "i32", body: [call(index - 1)] }) })) })),
];

const flat = (count: number, ...bytes: readonly number[]): number[] => Array.from({ length: count }, () => bytes).flat();
/** A module of one function, with this code. */
const alone = (locals: number, code: readonly number[], raw: Shape["raw"] = {}): Uint8Array => build({ functions: [RUN], raw: { ...raw, 10: [1, ...sized([...(locals > 0 ? [1, ...leb(locals), 0x7f] : [0]), ...code, 0x41, 1, 0x0b])] } });

const THOUSAND = [...leb(1000), ...flat(1000, 0x7f)];

/** What would take an engine gigabytes on the first call, or end its process: no limit holds there, so it is not let in. */
const gigabytes: readonly Attack[] = [
  refused("49,000 locals and 5,000 blocks in one function: 3 GB", () => alone(49_000, flat(5000, 0x02, 0x40, 0x20, 0, 0x0d, 0, 0x0b)), "unsupported", ours),
  refused("10,000 locals and 200 loops in one function: 1 GB", () => alone(10_000, flat(200, 0x03, 0x40, 0x0b)), "unsupported", ours),
  refused("49,000 locals and 50,000 branches in one function: the end of V8", () => alone(49_000, [0x02, 0x40, ...flat(50_000, 0x20, 0, 0x0d, 0), 0x0b]), "unsupported", ours),
  refused("50,000 values that wait around 5,000 blocks: 3 GB", () => alone(0, [...flat(50_000, 0x41, 1), ...flat(5000, 0x02, 0x40, 0x41, 0, 0x0d, 0, 0x0b), ...flat(50_000, 0x1a)]), "unsupported", ours),
  refused("2,000 calls that hand on 2,000 values: 6 seconds", () => alone(0, [...flat(1000, 0x41, 1), ...flat(2000, 0x41, 0, 0x11, 1, 0), ...flat(1000, 0x1a)], { 1: list([[0x60, 0, 1, 0x7f], [0x60, ...THOUSAND, ...THOUSAND]]), 4: list([[0x70, 0, 1]]) }), "unsupported", ours),
  refused("60,000 handlers of exceptions in one block: the end of V8", () => alone(0, [0x06, 0x40, ...flat(60_000, 0x07, 0), 0x0b], { 1: list([[0x60, 0, 1, 0x7f], [0x60, 0, 0]]), 13: [1, 0, 1] }), "unsupported", ours),
  refused("4,000 handlers of exceptions of 1,000 values: the end of V8", () => alone(0, [0x06, 0x40, ...flat(4000, 0x07, 0, 0x0c, 0), 0x0b], { 1: list([[0x60, 0, 1, 0x7f], [0x60, ...THOUSAND, 0]]), 13: [1, 0, 1] }), "bad_module", ours),
  refused("34,000 exceptions thrown in one block: the end of V8", () => alone(0, [0x06, 0x40, ...flat(34_000, 0x41, 0, 0x04, 0x40, 0x41, 0, 0x08, 0, 0x0b), 0x19, 0x0b], { 1: list([[0x60, 0, 1, 0x7f], [0x60, 1, 0x7f, 0]]), 13: [1, 0, 1] }), "unsupported", ours),
  refused("25,000 branches that pass 1,000 values: the end of V8", () => alone(0, [0x02, 1, ...flat(1000, 0x41, 0), ...flat(25_000, 0x41, 0, 0x0d, 0), 0x0b, ...flat(1000, drop)], { 1: list([[0x60, 0, 1, 0x7f], [0x60, 0, ...THOUSAND]]) }), "unsupported", ours),
  refused("49,000 references and 60,000 calls in one function: 8 seconds", () => build({ functions: [RUN, { body: [] }], raw: { 10: [2, ...sized([1, ...leb(49_000), 0x6f, ...flat(60_000, 0x10, 1), 0x41, 1, 0x0b]), ...sized([0, 0x0b])] } }), "unsupported", ours),
  refused("20,000 constants and 1,300 calls before one handler: 6 seconds", () => build({ functions: [RUN, { body: [] }], raw: { 10: [2, ...sized([1, ...leb(20_000), 0x7f, ...Array.from({ length: 20_000 }, (_, local) => [0x41, 1, 0x21, ...leb(local)]).flat(), 0x06, 0x40, ...flat(1300, 0x10, 1), 0x19, 0x0b, 0x41, 1, 0x0b]), ...sized([0, 0x0b])] } }), "unsupported", ours),
  refused("10,000 conversions that cannot trap in one function: 30 seconds", () => alone(0, flat(10_000, 0x43, 0, 0, 0, 0, 0xfc, 0, drop)), "unsupported", ours),
  refused("5,000 loops within each other: 5 seconds", () => alone(0, [...flat(5000, 0x03, 0x40), ...flat(5000, 0x0b)]), "unsupported", ours),
];

export const loadAttacks: readonly Attack[] = [
  allRefused("a module cut off at every byte", truncated),
  allRefused("random bytes", noise),
  ...COUNTS,
  denied("imports from modules nobody knows", ["nowhere", "one"], ["nowhere", "two"], ["elsewhere", "three"]),
  denied("imports called __proto__, constructor and toString", ["__proto__", "toString"], ["constructor", "constructor"], ["env", "__proto__"], ["wasi_snapshot_preview1", "hasOwnProperty"]),
  denied("what a worker has: its port, its scope, its messages", ["env", "postMessage"], ["env", "self"], ["global", "process"], ["env", "port"], ["env", "eval"]),
  ...kinds,
  ...features,
  ...held,
  ...bombs,
  ...gigabytes,
];
