import { equal, ok, sleep, within } from "../assert.ts";
import { ANY_ERROR, type Attack } from "./attack.ts";
import { build, type Func, type Shape } from "./binary.ts";
import { block, br, brIf, call, copy, drop, fill, forever, get, grow, i32, loop, pack, times, unreachable, type Code } from "./code.ts";
import { copying, packedGuest, wasiGuest } from "./guests.ts";
import { answers, BOUND_MS, code, failing, stopped } from "./judge.ts";
import { limited } from "./limited.ts";

const FUEL = 20_000_000;
const metered = { speaks: ["plain", "limits"], options: limited({ fuel: FUEL }) } as const;
const EMPTY = "limit fuel";
const run = (body: Code, more: Partial<Func> = {}): Func => ({ results: "i32", body: [body, i32(0)], as: "run", ...more });
const spin = (body: Code, shape: Shape = {}, more: Partial<Func> = {}): (() => Uint8Array) => () => build({ ...shape, functions: [run(body, more), ...(shape.functions ?? [])] });

/** Loops and recursion in every shape, of which none may get past its fuel. */
const endless: readonly Attack[] = [
  stopped("control: an endless loop", { bytes: spin(forever()) }, EMPTY, metered),
  stopped("control: a loop left and entered again from outside", { bytes: spin(forever(loop([i32(0), drop, get(0), brIf(0)])), {}, { locals: "i32" }) }, EMPTY, metered),
  stopped("control: a loop by br_table", { bytes: spin(loop(i32(7), 0x0e, 2, 0, 0, 0)) }, EMPTY, metered),
  stopped("control: a loop by a branch that is always taken", { bytes: spin(loop(i32(1), brIf(0))) }, EMPTY, metered),
  stopped("control: a loop whose branch leaves many blocks", { bytes: spin(loop(block(block(block(br(3)))))) }, EMPTY, metered),
  stopped("control: a loop that only calls an empty function", { bytes: spin(forever(call(1)), { functions: [{ body: [] }] }) }, EMPTY, metered),
  stopped("control: 32 functions, each calls the next one twice, and no loop", { bytes: doubling }, EMPTY, metered),
  stopped("control: a loop whose body is 780 KB", { bytes: spin(forever(Array.from({ length: 195_000 }, () => [0x41, 1, drop, 0x01] as const).flat())) }, EMPTY, metered),
  stopped("control: 64 MiB filled again and again", { memory: 2 ** 28, bytes: spin(forever(i32(0), i32(1), i32(2 ** 26), fill), { memory: [1024] }) }, EMPTY, metered),
  stopped("control: 32 MiB copied again and again", { memory: 2 ** 28, bytes: spin(forever(i32(2 ** 25), i32(0), i32(2 ** 25), copy), { memory: [1024] }) }, EMPTY, metered),
  stopped("control: a table filled again and again", { bytes: spin(forever(i32(0), 0xd0, 0x70, i32(90_000), 0xfc, 17, 0), { table: [90_000] }) }, EMPTY, metered),
  stopped("control: memory grown by nothing for ever", { bytes: spin(forever(i32(0), grow, drop), { memory: [1] }) }, EMPTY, metered),
  stopped("control: two functions that call one another through a table", { bytes: indirect }, [EMPTY, "trap"], metered),
  stopped("control: a loop whose variable never meets what it is compared to", { bytes: spin(loop(get(0), i32(2), 0x6a, 0x22, 0, i32(1), 0x47, brIf(0)), {}, { locals: "i32" }) }, EMPTY, metered),
  stopped("control: loops that leave much behind, one after the other", { bytes: leaving }, EMPTY, { ...metered, ours: true }),
  stopped("control: recursion that branches, of 2^60 calls", { bytes: branching }, EMPTY, metered),
  stopped("control: recursion without end", { bytes: spin(call(1), { functions: [{ body: [call(1)] }] }) }, ["trap", EMPTY], { speaks: ["plain"] }),
  stopped("control: recursion without end, with a frame of 500 locals", { bytes: spin(call(1), { functions: [{ body: [call(1)], locals: Array.from({ length: 500 }, () => "i64").join(" ") }] }) }, ["trap", EMPTY], { speaks: ["plain"] }),
  stopped("control: an allocator that never ends", { bytes: () => packedGuest(copying, {}, [forever(), i32(1024)]) }, EMPTY, { ...metered, speaks: ["packed", "limits"], input: "x" }),
  stopped("control: unreachable", { bytes: spin([unreachable]) }, "trap", { speaks: ["plain"] }),
];
const unlimitedTail: readonly Attack[] = [tolerant("control: a loop of tail calls", spin(call(1), { functions: [{ body: [0x12, 1] }] })), tolerant("control: a guest that catches everything and goes on", catching)];

/** 2^32 calls. */
function doubling(): Uint8Array {
  const functions = Array.from({ length: 32 }, (_, index): Func => ({ body: index === 31 ? [] : [call(index + 2), call(index + 2)] }));
  return build({ functions: [run(call(1)), ...functions] });
}

/** Each call of the second counts 10^8 instructions before anybody looks: after 41 a counter of 32 bits would be where it began. */
function leaving(): Uint8Array {
  const costly = Array.from({ length: 15 }, () => call(1));
  const body = loop(Array.from({ length: 7000 }, (): Code => [i32(1), 0x04, 0x40, costly, 0x0b]));
  return build({ functions: [run(Array.from({ length: 41 }, () => call(2))), { body: Array.from({ length: 1000 }, () => 0x01) }, { body: [body] }] });
}

function branching(): Uint8Array {
  const again: Code = [get(0), i32(1), 0x6b, call(1)];
  return build({ functions: [run([i32(60), call(1), drop]), { params: "i32", results: "i32", body: [get(0), 0x04, 0x7f, again, again, 0x6a, 0x05, i32(1), 0x0b] }] });
}

function indirect(): Uint8Array {
  const again: Code = [i32(0), 0x11, 1, 0];
  // One element, function 1; its type is the second.
  return build({ table: [1], functions: [run([again]), { body: [again] }], raw: { 9: [1, 0, 0x41, 0, 0x0b, 1, 1] } });
}

/** In the older encoding of exceptions: `try … catch_all … end`, round and round. */
function catching(): Uint8Array {
  return build({ functions: [run(forever(0x06, 0x40, forever(), 0x19, 0x0b))] });
}

/** What an engine may not know, and then refuses; if it does, the guest must be stopped. */
function tolerant(name: string, bytes: () => Uint8Array): Attack {
  return {
    name,
    expected: `limit fuel, or refused where the engine does not know it`,
    speaks: ["plain", "limits"],
    needs: ["compile"],
    run: async (target) => {
      try {
        const victim = await within(BOUND_MS, target.load({ name, bytes }, metered.options));
        return await failing(target, within(BOUND_MS, victim.call("run")), EMPTY);
      } catch (error) {
        const seen = code(target, error);
        ok(seen === ANY_ERROR || seen === "bad_module" || seen === "unsupported", `${seen}: ${String(error)}`);
        return seen;
      }
    },
  };
}

/** The clock: a call may take this long, and no longer than that and a moment. */
const TIME = 200;
const deadlines: readonly Attack[] = [
  {
    name: "control: an endless loop against the clock",
    expected: "limit time, soon after it",
    speaks: ["plain", "limits"],
    needs: ["clock"],
    binaries: [{ name: "clock", bytes: spin(forever()) }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "clock", bytes: spin(forever()) }, limited({ time: TIME, fuel: "unlimited" })));
      for (let count = 0; count < 2; count++) {
        const start = performance.now();
        await failing(target, within(BOUND_MS, victim.call("run")), "limit time");
        const took = performance.now() - start;
        ok(took >= TIME - 5 && took < TIME + 3000, `it took ${took} ms`);
      }
      await victim.dispose();
      return "limit time";
    },
  },
  {
    name: "control: a host function that never answers, against the clock",
    expected: "limit time, and the next call works",
    speaks: ["packed", "functions", "limits"],
    needs: ["hostFunctions", "wait"],
    binaries: [{ name: "waits", bytes: waits }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "waits", bytes: waits }, limited({ time: TIME, concurrency: 1 }, { functions: never })));
      for (let count = 0; count < 2; count++) await failing(target, within(BOUND_MS, victim.call("run", "x")), "limit time");
      await victim.dispose();
      return "limit time";
    },
  },
  {
    name: "control: a host function that never answers, and the caller gives up",
    expected: "aborted, and the next call works",
    speaks: ["packed", "functions", "signal"],
    needs: ["hostFunctions", "wait"],
    binaries: [{ name: "waits", bytes: waits }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "waits", bytes: waits }, limited({ concurrency: 1 }, { functions: never })));
      for (let count = 0; count < 2; count++) {
        const giveUp = new AbortController();
        setTimeout(() => giveUp.abort("enough"), 30);
        await failing(target, within(BOUND_MS, victim.call("run", "x", { signal: giveUp.signal })), "aborted");
      }
      await victim.dispose();
      return "aborted";
    },
  },
  {
    name: "control: dispose while calls run and wait",
    expected: "every one is disposed",
    speaks: ["packed", "functions", "dispose"],
    needs: ["hostFunctions", "wait"],
    binaries: [{ name: "waits", bytes: waits }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "waits", bytes: waits }, limited({ concurrency: 1 }, { functions: never })));
      const calls = Promise.all(Array.from({ length: 20 }, () => failing(target, victim.call("run", "x"), "disposed")));
      calls.catch(() => {}); // looked at below
      await sleep(10);
      await within(BOUND_MS, victim.dispose());
      await within(5000, calls);
      return "20 disposed";
    },
  },
  {
    name: "control: 2,000 calls at once, and room for 100",
    expected: "overloaded, or answered; every one settles",
    speaks: ["packed", "functions", "dispose"],
    needs: ["hostFunctions", "wait"],
    binaries: [{ name: "waits", bytes: waits }],
    run: async (target) => {
      const slow = { env: { ask: async (given: Uint8Array) => { await sleep(0); return given; } } };
      const victim = await within(BOUND_MS, target.load({ name: "waits", bytes: waits }, limited({ concurrency: 2, queue: 100 }, { functions: slow })));
      const calls = Array.from({ length: 2000 }, (_, index) =>
        victim.call("run", String(index), { as: "text" }).then((answer) => (equal(answer, String(index)), "answered"), (error: unknown) => code(target, error)),
      );
      const all = await within(BOUND_MS, Promise.all(calls));
      await victim.dispose();
      const count = (what: string): number => all.filter((each) => each === what).length;
      // The second instance may count from when it is asked for, or from when it is there.
      ok(count("answered") >= 100 && count("answered") <= 102 && count("answered") + count("overloaded") === 2000, [...new Set(all)].join());
      return "some answered, the rest overloaded";
    },
  },
  {
    name: "control: a worker that dies during a call",
    expected: "worker_lost, and the next call gets a new one",
    speaks: ["packed", "functions", "dispose"],
    needs: ["moduleFunctions", "locks"],
    run: async (target) => {
      const functions = new URL("./deadly.mjs", target.functionsUrl!.href);
      const victim = await within(BOUND_MS, target.load({ name: "dies", bytes: dies }, { functions }));
      for (let count = 0; count < 2; count++) await failing(target, within(BOUND_MS, victim.call("run", "x")), "worker_lost");
      await victim.dispose();
      return "worker_lost";
    },
  },
];

/** Work that is the host's, not the guest's: the clock must be looked at all the same. */
function hostWork(name: string, bytes: () => Uint8Array): Attack {
  return {
    name: `control: ${name}, against the clock`,
    expected: "limit time, or another one, within two seconds of it",
    speaks: ["wasi", "limits"],
    needs: ["clock"],
    binaries: [{ name, bytes }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name, bytes }, limited({ time: TIME, fuel: "unlimited", hostCalls: "unlimited" })));
      const start = performance.now();
      const seen = await failing(target, within(BOUND_MS, victim.call("run")), ["limit time", "limit output"]);
      const took = performance.now() - start;
      ok(took < TIME + 2000, `it took ${took} ms`);
      await victim.dispose();
      return seen;
    },
  };
}

/** Asks the application for its answer. */
function waits(): Uint8Array {
  return packedGuest([get(0), get(1), call(0)], { imports: [{ module: "env", name: "ask", params: "i32 i32", results: "i64" }] });
}
function dies(): Uint8Array {
  return packedGuest([get(0), get(1), call(0)], { imports: [{ module: "env", name: "reverse", params: "i32 i32", results: "i64" }] });
}
const never = { env: { ask: async (): Promise<Uint8Array> => new Promise<never>(() => {}) } };

/** A clock that was not granted tells nothing; a wait is never a wait. */
const time: readonly Attack[] = [
  answers("control: a sleep of 2^64 ns is no sleep", { bytes: () => wasiGuest([["poll_oneoff", "i32 i32 i32 i32"]], [i32(24), i32(-1), [0x36, 2, 0], i32(28), i32(-1), [0x36, 2, 0], i32(0), i32(128), i32(1), i32(256), call(0)]) }, 0, { speaks: ["wasi"] }),
  answers("control: a clock that was not granted measures nothing", { bytes: () => wasiGuest([["clock_time_get", "i32 i64 i32"]], stillness, {}, "i32") }, 1, { speaks: ["wasi", "limits"] }),
];
const now = (at: number): Code => [i32(1), 0x42, 0, i32(at), call(0), drop];
const at = (place: number): Code => [i32(place), 0x29, 3, 0];
/** As long from the second look to the third as from the first to the second, whatever was done between. */
const stillness: Code = [now(0), now(8), times(0, 100_000), now(16), at(16), at(8), 0x7d, at(8), at(0), 0x7d, 0x51];

const asking = (count: number): (() => Uint8Array) => () =>
  build({ imports: [{ module: "env", name: "ask" }], functions: [run(times(0, count, call(0)), { locals: "i32" })] });
const idle = { env: { ask: (): void => {} } };

/** What goes out, and how much of it. */
const floods: readonly Attack[] = [
  stopped("flood: a million host calls", { bytes: asking(1_000_000) }, "limit hostCalls", { speaks: ["plain", "functions", "limits"], needs: ["hostFunctions"], options: limited({ hostCalls: 1000 }, { functions: idle }) }),
  stopped("flood: one host call more than allowed", { bytes: asking(11) }, "limit hostCalls", { speaks: ["plain", "functions", "limits"], needs: ["hostFunctions"], options: limited({ hostCalls: 10 }, { functions: idle }) }),
  answers("flood: as many host calls as allowed", { bytes: asking(10) }, 0, { speaks: ["plain", "functions", "limits"], needs: ["hostFunctions"], options: limited({ hostCalls: 10 }, { functions: idle }) }),
  stopped("flood: an output one byte above its limit", { bytes: () => packedGuest([pack(i32(0), i32(1001))]) }, "limit output", { speaks: ["packed", "limits"], options: limited({ output: 1000 }) }),
  answers("flood: an output at its limit", { bytes: () => packedGuest([pack(i32(0), i32(1000))]) }, new Uint8Array(1000), { speaks: ["packed", "limits"], options: limited({ output: 1000 }) }),
  stopped("flood: an input one byte above its limit", { bytes: () => packedGuest(copying) }, "limit input", { speaks: ["packed", "limits"], options: limited({ input: 1000 }), input: new Uint8Array(1001) }),
  {
    name: "flood: a gigabyte written to the log",
    expected: "the log ends at the output limit, with a mark",
    speaks: ["wasi", "log", "limits"],
    binaries: [{ name: "chatter", bytes: chatter }],
    run: async (target) => {
      const seen = { bytes: 0, last: "" };
      const log = ({ message }: { message: string }): void => {
        seen.bytes += message.length;
        seen.last = message;
      };
      const victim = await within(BOUND_MS, target.load({ name: "chatter", bytes: chatter }, limited({ output: 1_000_000, fuel: "unlimited" }, { log })));
      const ended = await within(BOUND_MS, victim.call("run")).then((answer) => `answered ${String(answer)}`, (error: unknown) => code(target, error));
      await sleep(50); // lines of a worker come after its answer
      await victim.dispose();
      ok(ended === "answered 0" || ended === "limit output" || ended === "limit hostCalls", ended);
      ok(seen.bytes > 500_000 && seen.bytes < 1_100_000, `${seen.bytes} characters were logged`);
      return `${ended}, the log ends with ${JSON.stringify(seen.last.slice(-30))}`;
    },
  },
];

/** Sixteen vectors at 0, each a line of 64 KiB. */
function megabyte(): Code {
  const vectors = Array.from({ length: 16 }, (_, index) => [i32(index * 8), i32(4096), [0x36, 2, 0], i32(index * 8 + 4), i32(65_536), [0x36, 2, 0]]);
  return [vectors, i32(4096), i32(0x61), i32(65_535), fill, i32(4096 + 65_535), i32(10), [0x3a, 0, 0]];
}

/** 1,024 times a megabyte. */
function chatter(): Uint8Array {
  return wasiGuest(
    [["fd_write", "i32 i32 i32 i32"]],
    [megabyte(), times(0, 1024, i32(1), i32(0), i32(16), i32(512), call(0), drop), i32(0)],
    {},
    "i32",
  );
}

const hostWorks: readonly Attack[] = [
  hostWork("a megabyte written to the log for ever", () => wasiGuest([["fd_write", "i32 i32 i32 i32"]], [megabyte(), forever(i32(1), i32(0), i32(16), i32(512), call(0), drop), i32(0)])),
  hostWork("4 MiB of random bytes for ever", () => wasiGuest([["random_get", "i32 i32"]], [forever(i32(0), i32(2 ** 22), call(0), drop), i32(0)], { memory: [64] })),
];

export const controlAttacks: readonly Attack[] = [...hostWorks, ...endless, ...unlimitedTail, ...deadlines, ...time, ...floods];
