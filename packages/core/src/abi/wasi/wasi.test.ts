import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Scope } from "../../capability/scope.ts";
import { isIsopodError } from "../../errors.ts";
import { DEFAULTS } from "../../limits/bounds.ts";
import { Budget } from "../../limits/budget.ts";
import type { Services } from "../abi.ts";
import { Linked } from "../link.ts";
import { wasi } from "./wasi.ts";

const PREVIEW1 = "wasi_snapshot_preview1";
const SIZE = 65_536;
const [OK, BADF, FAULT, INVAL, NOTSUP, SPIPE] = [0, 8, 21, 28, 58, 70];

/** Every function that a guest can link, and what it takes: i for i32, I for i64. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  args_get: "ii", args_sizes_get: "ii", environ_get: "ii", environ_sizes_get: "ii",
  clock_res_get: "ii", clock_time_get: "iIi", random_get: "ii", sched_yield: "", poll_oneoff: "iiii", proc_exit: "i", proc_raise: "i",
  fd_write: "iiii", fd_read: "iiii", fd_fdstat_get: "ii", fd_filestat_get: "ii", fd_seek: "iIii", fd_tell: "ii", fd_close: "i",
  fd_advise: "iIIi", fd_allocate: "iII", fd_datasync: "i", fd_fdstat_set_flags: "ii", fd_fdstat_set_rights: "iII", fd_filestat_set_size: "iI", fd_filestat_set_times: "iIIi", fd_pread: "iiiIi",
  fd_prestat_get: "ii", fd_prestat_dir_name: "iii", fd_pwrite: "iiiIi", fd_readdir: "iiiIi", fd_renumber: "ii", fd_sync: "i",
  path_create_directory: "iii", path_filestat_get: "iiiii", path_filestat_set_times: "iiiiIIi", path_link: "iiiiiii", path_open: "iiiiiIIii", path_readlink: "iiiiii", path_remove_directory: "iii",
  path_rename: "iiiiii", path_symlink: "iiiii", path_unlink_file: "iii", sock_accept: "iii", sock_recv: "iiiiii", sock_send: "iiiii", sock_shutdown: "ii",
}; // prettier-ignore

interface Guest {
  readonly memory: WebAssembly.Memory;
  readonly u8: Uint8Array;
  readonly data: DataView;
  readonly lines: string[];
  readonly scope: Scope;
  call(name: string, ...args: (number | bigint)[]): number;
}

function guest(grants = { clock: false, random: false }, module = PREVIEW1): Guest {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const lines: string[] = [];
  const scope = new Scope();
  const linked = new Linked();
  linked.adopt({ memory });
  const provide = wasi({ scope, functions: new Map(), log: (level: string, message: string) => lines.push(`${level} ${message}`), grants: { ...grants, http: undefined } } as unknown as Services, linked);
  const made = new Map<string, Function>();
  const find = (name: string): Function => made.get(name) ?? made.set(name, provide({ module, name, kind: "function" }) as Function).get(name)!;
  return { memory, u8: new Uint8Array(memory.buffer), data: new DataView(memory.buffer), lines, scope, call: (name, ...args) => find(name)(...args) as number };
}

/** Puts texts and their vectors into memory, those from address 8 on. */
function vectors({ u8, data }: Guest, ...texts: string[]): [iovs: number, count: number] {
  let at = 1000;
  texts.forEach((text, index) => {
    const { written } = new TextEncoder().encodeInto(text, u8.subarray(at));
    data.setUint32(8 + index * 8, at, true);
    data.setUint32(12 + index * 8, written, true);
    at += written;
  });
  return [8, texts.length];
}

describe("what is linked", () => {
  test.each(Object.keys(FUNCTIONS))("%s, of both versions", (name) => {
    for (const module of [PREVIEW1, "wasi_unstable"]) expect(wasi({} as Services, new Linked())({ module, name, kind: "function" })).toBeTypeOf("function");
  });

  test.each([[PREVIEW1, "thread_spawn"], [PREVIEW1, "__proto__"], [PREVIEW1, "constructor"], [PREVIEW1, "toString"], [PREVIEW1, ""], [PREVIEW1, "fd_Write"], ["wasi_snapshot_preview2", "fd_write"], ["env", "fd_write"], ["wasi:cli/run", "run"]])(
    "nothing for %s.%s",
    (module, name) => {
      expect(wasi({} as Services, new Linked())({ module, name, kind: "function" })).toBeUndefined();
    },
  );

  test("nothing for a memory or global of a function's name", () => {
    expect(wasi({} as Services, new Linked())({ module: PREVIEW1, name: "fd_write", kind: "global" })).toBeUndefined();
  });
});

describe("hostile arguments", () => {
  const EDGES = [0, 1, 2, 3, 4, 8, 1024, 1025, SIZE - 8, SIZE - 4, SIZE - 1, SIZE, SIZE + 1, 2 ** 27, 2 ** 31 - 1, -(2 ** 31), -SIZE, -8, -4, -1];
  const i32 = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...EDGES) }, { weight: 1, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) }, { weight: 2, arbitrary: fc.integer({ min: 0, max: 2000 }) });
  const i64 = fc.oneof(fc.constantFrom(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
  const step = fc.constantFrom(...Object.keys(FUNCTIONS)).chain((name) => fc.tuple(fc.constant(name), fc.tuple(...[...FUNCTIONS[name]!].map((kind) => (kind === "i" ? i32 : i64)))));

  test.each([PREVIEW1, "wasi_unstable"])("%s: an errno that is a number, or exit; and a call that fails has done nothing", (module) => {
    const { u8, data, lines, scope, call } = guest(undefined, module);
    // Vectors at 0 and 8, one of which is a lie, so that some of them hold.
    const reset = (): void => {
      u8.fill(0);
      for (const [index, word] of [100, 5, 200, 2 ** 31, 300, 7].entries()) data.setUint32(index * 4, word, true);
    };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        reset();
        for (const [name, args] of steps) {
          const [before, said] = [Buffer.from(u8), lines.length];
          try {
            const errno = call(name, ...args);
            expect(Number.isInteger(errno) && errno >= 0 && errno <= 76).toBe(true);
            if (errno === OK) continue;
          } catch (error) {
            if (!isIsopodError(error) || error.code !== "exit") throw error;
            scope.thrown = undefined;
          }
          if (!before.equals(u8) || lines.length !== said) expect.fail(`${name}(${args.join()}) failed and did something`);
        }
        scope.leave();
      }),
      { seed: 1, numRuns: 1500 },
    );
  });
});

describe("output", () => {
  test("goes to the log, line by line; what is begun is given out when the call ends", () => {
    const own = guest();
    expect(own.call("fd_write", 1, ...vectors(own, "hel", "lo\nwor", "ld"), 80)).toBe(OK);
    expect([own.lines, own.data.getUint32(80, true)]).toEqual([["info hello"], 11]);
    expect(own.call("fd_write", 2, ...vectors(own, "bad\n"), 80)).toBe(OK);
    own.scope.leave();
    expect(own.lines).toEqual(["info hello", "error bad", "info world"]);
  });

  test.each([0, 3, -1, 2 ** 31 - 1])("there is none at %i", (fd) => {
    const own = guest();
    expect(own.call("fd_write", fd, ...vectors(own, "x\n"), 80)).toBe(BADF);
    expect(own.lines).toEqual([]);
  });

  test("no vectors are no bytes", () => {
    const own = guest();
    own.data.setUint32(80, 99, true);
    expect([own.call("fd_write", 1, -1, 0, 80), own.data.getUint32(80, true)]).toEqual([OK, 0]);
  });

  test.each([1025, 2 ** 27, 2 ** 31 - 1, -(2 ** 31), -1])("%i vectors are more than anybody has", (count) => {
    const own = guest();
    const started = performance.now();
    expect(own.call("fd_write", 1, 8, count, 80)).toBe(INVAL);
    expect(performance.now() - started).toBeLessThan(100);
  });

  test.each([
    ["a vector that lies beyond the memory", (own: Guest) => own.data.setUint32(16, SIZE, true)],
    ["a length that wraps", (own: Guest) => own.data.setUint32(20, 0xffff_ffff, true)],
  ])("%s: nothing of the call is said, the good part neither", (_name, spoil) => {
    const own = guest();
    const [iovs, count] = vectors(own, "good\n", "bad\n");
    spoil(own);
    expect(own.call("fd_write", 1, iovs, count, 80)).toBe(FAULT);
    expect(own.lines).toEqual([]);
  });

  test.each([SIZE, SIZE - 3, -1, -4])("a count that cannot be written to %i: nothing is said", (written) => {
    const own = guest();
    expect(own.call("fd_write", 1, ...vectors(own, "x\n"), written)).toBe(FAULT);
    expect(own.lines).toEqual([]);
  });

  test("after the memory has grown, the new part counts", () => {
    const own = guest();
    expect(own.call("random_get", SIZE, 4)).toBe(FAULT);
    own.memory.grow(1);
    expect(own.call("random_get", SIZE, 4)).toBe(OK);
    expect(own.u8.length).toBe(0);
  });
});

describe("what the host goes through is charged, though no byte of it is said", () => {
  test.each([
    ["1,024 vectors of nothing", ["fd_write", 1, 8, 1024, 80]],
    ["vectors of more than anybody writes", ["fd_write", 1, 0, 1024, 80]],
    ["1,024 subscriptions", ["poll_oneoff", 0, 0, 1024, 80]],
  ] as const)("%s", (_name, [name, ...args]) => {
    const own = guest();
    if (args[1] === 0) for (let at = 0; at < 8192; at += 8) own.data.setUint32(at + 4, 4096, true);
    own.scope.budget = new Budget(own.scope, { ...DEFAULTS, fuel: 1_000_000 });
    let calls = 0;
    expect(() => {
      for (; calls < 100; calls++) own.call(name, ...args);
    }).toThrow(expect.objectContaining({ code: "limit" }));
    expect(calls).toBeGreaterThan(5);
  });
});

describe("the rest", () => {
  test("input is at its end", () => {
    const own = guest();
    own.data.setUint32(80, 99, true);
    expect([own.call("fd_read", 0, 8, 1, 80), own.data.getUint32(80, true), own.call("fd_read", 1, 8, 1, 80)]).toEqual([OK, 0, BADF]);
  });

  test.each(["args", "environ"])("no %s", (what) => {
    const own = guest();
    own.u8.fill(9, 0, 16);
    expect([own.call(`${what}_sizes_get`, 0, 4), own.data.getBigUint64(0, true), own.u8[8], own.call(`${what}_get`, 0, 4)]).toEqual([OK, 0n, 9, OK]);
    expect(own.call(`${what}_sizes_get`, 0, -1)).toBe(FAULT);
  });

  test("the clock stands at the same moment in every call; with a grant it is the machine's", () => {
    const fixed = guest();
    const look = (own: Guest, id: number): bigint => (expect(own.call("clock_time_get", id, 0n, 8)).toBe(OK), own.data.getBigUint64(8, true));
    expect([look(fixed, 0), look(fixed, 0) - look(fixed, 0)]).toEqual([1_640_995_200_000_000_000n, -1_000_000n]);
    expect(Math.abs(Number(look(guest({ clock: true, random: false }), 0) / 1_000_000n) - Date.now())).toBeLessThan(1000);
    expect([-1, 4, 2 ** 31 - 1, -(2 ** 31)].map((id) => fixed.call("clock_time_get", id, 0n, 8))).toEqual([INVAL, INVAL, INVAL, INVAL]);
    expect([fixed.call("clock_res_get", 1, 16), fixed.data.getBigUint64(16, true)]).toEqual([OK, 1_000_000n]);
  });

  test("random bytes fill their range and no more", () => {
    for (const random of [false, true]) {
      const own = guest({ clock: false, random });
      expect(own.call("random_get", 100, 50_000)).toBe(OK);
      expect([own.u8.subarray(0, 100).some(Boolean), own.u8.subarray(100, 50_100).some(Boolean), own.u8.subarray(50_100).some(Boolean)]).toEqual([false, true, false]);
      expect([own.call("random_get", 0, -1), own.call("random_get", -1, 1), own.call("random_get", -1, 0)]).toEqual([FAULT, FAULT, OK]);
    }
  });

  test("descriptors 0 to 2 are devices, all others are not there", () => {
    const own = guest();
    for (const fd of [0, 1, 2]) expect([own.call("fd_fdstat_get", fd, 200), own.u8[200], own.call("fd_filestat_get", fd, 300), own.u8[316], own.call("fd_seek", fd, 0n, 0, 0), own.call("fd_close", fd)]).toEqual([OK, 2, OK, 2, SPIPE, OK]);
    for (const fd of [3, -1]) expect(["fd_fdstat_get", "fd_filestat_get", "fd_seek", "fd_tell", "fd_close", "fd_prestat_get", "path_open", "sock_send"].map((name) => own.call(name, fd, 0))).toEqual(Array(8).fill(BADF));
    expect(own.call("proc_raise", 9)).toBe(NOTSUP);
  });

  test.each([0, 1, 255, -1])("proc_exit(%i) ends the call, and a guest that catches it changes nothing", (code) => {
    const own = guest();
    expect(() => own.call("proc_exit", code)).toThrow(expect.objectContaining({ code: "exit", details: { code } }));
    expect(own.scope.thrown).toMatchObject({ code: "exit" });
  });
});
