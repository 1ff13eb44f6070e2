import { describe, expect, test } from "vitest";
import type { Abi, Program, Services } from "../abi/abi.ts";
import type { FunctionEntry } from "../capability/functions.ts";
import { Call } from "../contract/call.ts";
import type { CallOptions } from "../contract/operations.ts";
import { IsopodError } from "../errors.ts";
import { Queue } from "../pool/queue.ts";
import { about } from "../wait/bind.ts";
import { jspi } from "../wait/suspension.ts";
import { InlinePlace } from "./inline.ts";
import type { Seat } from "./seat.ts";

const GONE = new IsopodError("disposed", "gone");
const program = { abi: "fake", state: "none", grants: { clock: false, random: false, http: undefined }, config: {}, modules: {} } as unknown as Program;

/** What a guest does with a call, told which instance it is. */
type Guest = (call: Call, instance: number, services: Services) => unknown;

/** A place for a guest of JavaScript; one that suspends does what it does as a promise. */
function place(guest: Guest, { suspends = false, concurrency = 1, queue = 9, waiting = new Queue<Seat>() } = {}): { place: InlinePlace; made(): number } {
  let made = 0;
  const instantiate: Abi["instantiate"] = (_program, services) => {
    const own = ++made;
    return { suspension: suspends ? jspi : undefined, memory: undefined, call: (call) => guest(call, own, services), begin: (call) => guest(call, own, services) as Promise<unknown>, end: (_call, raw) => raw };
  };
  const shared = { functions: new Map(), log: () => {}, variables: undefined };
  return { place: new InlinePlace(program, { name: "fake", instantiate } as unknown as Abi, shared as never, { concurrency, queue }, waiting as never), made: () => made };
}

const call = (input = "", options?: CallOptions): Call => new Call("op", input, options);
const runMany = (place: InlinePlace, inputs: readonly string[], options?: CallOptions): unknown[] | Promise<unknown[]> => place.runMany(new Call("op", undefined, options), inputs);
const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A guest that is suspended until somebody says how it ends. */
class Suspended {
  readonly runs: { input: unknown; instance: number; context: unknown; end(value: unknown): void; fail(error: unknown): void }[] = [];
  readonly guest: Guest = ({ input, context }, instance) => new Promise((resolve, reject) => this.runs.push({ input, instance, context, end: resolve, fail: reject }));
  readonly inputs = (): unknown[] => this.runs.map(({ input }) => input);
}

/** What became of a promise, as far as it has. */
function watch(promise: unknown): { now(): Promise<string> } {
  let state = "pending";
  (promise as Promise<unknown>).then((value) => (state = `got ${String(value)}`), (error: IsopodError) => (state = error.code ?? String(error)));
  return { now: async () => (await later(), state) };
}

describe("a guest that answers at once", () => {
  test("answers at once: no promise", () => {
    const { place: own } = place(({ input }, instance) => `${String(input)}${instance}`);
    expect([own.run(call("a")), own.runSync(call("b")), runMany(own, ["c", "d"])]).toEqual(["a1", "b1", ["c1", "d1"]]);
  });

  test.each([
    ["the guest's own error", new IsopodError("guest_error", "no"), 1],
    ["too small a buffer", new IsopodError("output_too_small", "no"), 1],
    ["a trap", new WebAssembly.RuntimeError("unreachable"), 2],
    ["a pointer outside", new IsopodError("out_of_bounds", "no"), 2],
    ["an exception", new Error("no"), 2],
  ])("%s: the instance stays or goes, and the next call works", (_name, error, instances) => {
    for (const way of ["run", "runSync"] as const) {
      const { place: own, made } = place(({ input }) => {
        if (input === "bad") throw error;
        return input;
      });
      expect(() => own[way](call("bad"))).toThrow(expect.objectContaining({ code: error instanceof IsopodError ? error.code : "trap" }));
      expect([own[way](call("good")), made()]).toEqual(["good", instances]);
    }
  });

  test("whatever is thrown while the guest is on the stack, it was left half way through, and goes", () => {
    const overflow = (): number => overflow() + 1;
    for (const [error, code] of [[() => { throw new IsopodError("guest_error", "no"); }, "guest_error"], [overflow, "trap"]] as const) {
      const { place: own, made } = place(({ input }, _instance, { scope }) => {
        if (input !== "bad") return input;
        scope.inside = true;
        return error();
      });
      expect(() => own.run(call("bad", { borrow: () => 0 }))).toThrow(expect.objectContaining({ code }));
      expect([own.run(call("good")), made()]).toEqual(["good", 2]);
    }
  });

  test("what an import threw is told, though the guest swallowed it, and once only", () => {
    const { place: own } = place(({ input }, _instance, { scope }) => {
      if (input === "bad") scope.fail(new IsopodError("denied", "no"));
      scope.check();
      return input;
    });
    expect(() => own.run(call("bad"))).toThrow(expect.objectContaining({ code: "denied" }));
    expect(own.run(call("good"))).toBe("good");
  });

  test("what the caller's own callback throws is the caller's", () => {
    const mine = new Error("mine");
    const { place: own } = place(({ input, borrow }) => (borrow ? borrow(new Uint8Array(1)) : input));
    expect(() => own.run(call("", { borrow: () => { throw mine; } }))).toThrow(mine);
    expect(own.run(call("good"))).toBe("good");
  });

  test("a batch stops at the first failure and says where; the next call works", () => {
    const seen: unknown[] = [];
    const { place: own } = place(({ input }) => {
      seen.push(input);
      if (input === "c") throw new IsopodError("guest_error", "no", { details: { a: 1 }, cause: new Error("deep") });
      return input;
    });
    expect(() => runMany(own, ["a", "b", "c", "d"])).toThrow(expect.objectContaining({ code: "guest_error", details: { a: 1, index: 2 }, cause: expect.any(Error) as unknown }));
    expect([seen, runMany(own, ["e"]), runMany(own, [])]).toEqual([["a", "b", "c", "e"], ["e"], []]);
  });
});

describe("an instance that cannot be made", () => {
  test("fails the load", () => {
    const broken = { name: "fake", instantiate: () => { throw GONE; } } as unknown as Abi;
    expect(() => new InlinePlace(program, broken, { functions: new Map() } as never, { concurrency: 1, queue: 1 }, new Queue() as never)).toThrow(GONE);
  });
});

describe("a guest that is suspended", () => {
  test("each call has its own instance, up to the cap; the rest wait their turn", async () => {
    const { runs, guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true, concurrency: 2 });
    const calls = ["a", "b", "c", "d"].map((input) => watch(own.run(call(input))));
    await later();
    expect([inputs(), new Set(runs.map(({ instance }) => instance)).size]).toEqual([["a", "b"], 2]);
    runs[1]!.end("B");
    expect([await calls[1]!.now(), inputs()]).toEqual(["got B", ["a", "b", "c"]]);
    runs[0]!.end("A");
    await later();
    expect(inputs()).toEqual(["a", "b", "c", "d"]);
    runs[3]!.end("D");
    runs[2]!.end("C");
    expect(await Promise.all(calls.map((one) => one.now()))).toEqual(["got A", "got B", "got C", "got D"]);
  });

  test("each call's host functions see its own context, however they interleave", async () => {
    const entry = { namespace: "n", name: "f" } as FunctionEntry;
    const seen: unknown[] = [];
    const go: (() => void)[] = [];
    const { place: own } = place(async ({ input }, _instance, { scope }) => {
      await new Promise<void>((resolve) => go.push(resolve));
      seen.push([input, about(entry, scope, undefined).context]);
    }, { suspends: true, concurrency: 3 });
    const all = ["a", "b", "c"].map((name) => own.run(call(name, { context: `for ${name}` })));
    for (const one of go.toReversed()) one();
    await Promise.all(all);
    expect(seen).toEqual([["c", "for c"], ["b", "for b"], ["a", "for a"]]);
  });

  test("more calls than may wait are overloaded", async () => {
    const { place: own } = place(new Suspended().guest, { suspends: true, queue: 1 });
    const calls = ["a", "b", "c"].map((input) => watch(own.run(call(input))));
    expect(await Promise.all(calls.map((one) => one.now()))).toEqual(["pending", "pending", "overloaded"]);
    expect(() => own.runSync(call())).toThrow(expect.objectContaining({ code: "overloaded" }));
  });

  test("cannot be called synchronously, and takes no harm", async () => {
    const { runs, guest } = new Suspended();
    const { place: own } = place(guest, { suspends: true });
    expect(() => own.runSync(call())).toThrow(expect.objectContaining({ code: "unsupported" }));
    const next = watch(own.run(call("a")));
    runs[0]!.end("A");
    expect(await next.now()).toBe("got A");
  });

  test("a failure retires its instance or not, and who waits is served", async () => {
    for (const [error, code, instance] of [[new IsopodError("guest_error", "no"), "guest_error", 1], [new WebAssembly.RuntimeError("no"), "trap", 2]] as const) {
      const { runs, guest } = new Suspended();
      const { place: own } = place(guest, { suspends: true });
      const [first, second] = [watch(own.run(call("a"))), watch(own.run(call("b")))];
      runs[0]!.fail(error);
      expect(await first.now()).toBe(code);
      expect(runs[1]).toMatchObject({ input: "b", instance });
      runs[1]!.end("B");
      expect(await second.now()).toBe("got B");
    }
  });

  test("a batch runs its inputs in turn on one instance", async () => {
    const { runs, guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true, concurrency: 2 });
    const many = watch(runMany(own, ["a", "b"], { context: "mine" }));
    await later();
    expect(inputs()).toEqual(["a"]);
    runs[0]!.end("A");
    await later();
    expect(runs.map(({ instance, context }) => [instance, context])).toEqual([[1, "mine"], [1, "mine"]]);
    runs[1]!.fail(new IsopodError("guest_error", "no"));
    expect(await many.now()).toBe("guest_error");
  });
});

describe("an abort", () => {
  test("of a suspended call: it is told at once, its instance is never used again, and the next is served", async () => {
    const { runs, guest } = new Suspended();
    const { place: own, made } = place(guest, { suspends: true });
    const [first, reason] = [new AbortController(), new Error("tired")];
    const told = (own.run(call("a", { signal: first.signal })) as Promise<unknown>).catch((error: unknown) => error);
    const next = watch(own.run(call("b")));
    first.abort(reason);
    expect(await told).toMatchObject({ code: "aborted", cause: reason });
    await later();
    expect([runs[1]?.instance, made()]).toEqual([2, 2]);
    runs[0]!.end("too late");
    runs[1]!.end("B");
    expect(await next.now()).toBe("got B");
    own.run(call("c"));
    expect(runs[2]!.instance).toBe(2);
  });

  test("of a batch: what is left of it does not begin", async () => {
    const { runs, guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true });
    const impatient = new AbortController();
    const many = watch(runMany(own, ["a", "b"], { signal: impatient.signal }));
    impatient.abort();
    expect(await many.now()).toBe("aborted");
    runs[0]!.end("A");
    await later();
    expect(inputs()).toEqual(["a"]);
  });

  test("of a waiting call frees its place in the queue", async () => {
    const { runs, guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true, queue: 1 });
    const impatient = new AbortController();
    own.run(call("a"));
    const waiting = watch(own.run(call("b", { signal: impatient.signal })));
    impatient.abort();
    expect(await waiting.now()).toBe("aborted");
    const other = watch(own.run(call("c")));
    runs[0]!.end("A");
    expect([await other.now(), inputs()]).toEqual(["pending", ["a", "c"]]);
  });

  test("by the guest's own host function, before it is suspended", async () => {
    const own = new AbortController();
    const { place: here } = place(() => (own.abort(), new Promise(() => {})), { suspends: true });
    expect(await watch(here.run(call("", { signal: own.signal }))).now()).toBe("aborted");
  });

  test("after the end is nobody's business", async () => {
    const { runs, guest } = new Suspended();
    const { place: own, made } = place(guest, { suspends: true });
    const late = new AbortController();
    const first = watch(own.run(call("a", { signal: late.signal })));
    runs[0]!.end("A");
    expect(await first.now()).toBe("got A");
    late.abort();
    own.run(call("b"));
    expect([made(), runs[1]!.instance]).toEqual([1, 1]);
  });
});

describe("dispose", () => {
  test("right after a turn came settles whose it is, and its call does not begin", async () => {
    const { guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true });
    const impatient = new AbortController();
    const all = [watch(own.run(call("a", { signal: impatient.signal }))), watch(own.run(call("b"))), watch(runMany(own, ["c"]))];
    impatient.abort();
    own.dispose(GONE);
    expect(await Promise.all(all.map((one) => one.now()))).toEqual(["aborted", "disposed", "disposed"]);
    expect(inputs()).toEqual(["a"]);
  });

  test("settles what is suspended and what waits, and nothing begins any more", async () => {
    const { runs, guest, inputs } = new Suspended();
    const { place: own } = place(guest, { suspends: true, concurrency: 2 });
    const all = [...["a", "b", "c"].map((input) => watch(own.run(call(input)))), watch(runMany(own, ["d"]))];
    own.dispose(GONE);
    expect(await Promise.all(all.map((one) => one.now()))).toEqual(Array(4).fill("disposed"));
    runs.forEach(({ end }) => end("too late"));
    await later();
    expect(inputs()).toEqual(["a", "b"]);
    for (const way of ["run", "runSync"] as const) expect(() => own[way](call())).toThrow(GONE);
    expect(() => runMany(own, [""])).toThrow(GONE);
  });
});

test("a caller that vanished loses its place; should it live, it is told its answer, and nobody shares its instance", async () => {
  const lost: (() => void)[] = [];
  const waiting = Object.assign(new Queue<Seat>(), { watch: (one: () => void) => (lost.push(one), () => {}) });
  const { runs, guest } = new Suspended();
  const { place: own } = place(guest, { suspends: true, waiting });
  const first = watch(own.run(call("a")));
  const second = watch(own.run(call("b")));
  lost[0]!();
  await later();
  expect(runs.map(({ instance }) => instance)).toEqual([1, 2]);
  runs[0]!.end("A");
  runs[1]!.end("B");
  expect([await first.now(), await second.now()]).toEqual(["got A", "got B"]);
  own.run(call("c"));
  expect(runs[2]!.instance).toBe(2);
});
