import { describe, expect, test } from "vitest";
import { Call } from "../contract/call.ts";
import { IsopodError } from "../errors.ts";
import { about } from "../wait/bind.ts";
import { fixedClock, systemClock } from "./clock.ts";
import type { FunctionEntry } from "./functions.ts";
import { seededRandom, systemRandom } from "./random.ts";
import { atEnd, perCall, Scope } from "./scope.ts";

const START = 1_640_995_200_000_000_000n;
const MS = 1_000_000n;

/** Runs as a call of its own. */
function during<T>(scope: Scope, run: () => T): T {
  scope.call = new Call("op", undefined);
  try {
    return run();
  } finally {
    scope.leave();
  }
}

const drawn = (random: { fill(target: Uint8Array): void }, size = 8): number[] => {
  const target = new Uint8Array(size);
  random.fill(target);
  return [...target];
};

describe("the clock without a grant", () => {
  test("starts anew with every call, and a look takes a millisecond, whichever face it is at", () => {
    const scope = new Scope();
    const clock = fixedClock(scope);
    const look = (): bigint[] => [clock.wall(), clock.wall(), clock.monotonic(), clock.wall()];
    for (let calls = 0; calls < 3; calls++) expect(during(scope, look)).toEqual([START, START + MS, 2n * MS, START + 3n * MS]);
  });

  test("goes on between two looks of one call, and is the same for two instances", () => {
    const [a, b] = [new Scope(), new Scope()];
    const [first, second] = [fixedClock(a), fixedClock(b)];
    a.call = b.call = new Call("op", undefined);
    expect([first.wall(), first.wall()]).toEqual([second.wall(), second.wall()]);
  });

  test("outside any call, as while an instance starts, it leaves nothing behind", () => {
    const scope = new Scope();
    const clock = fixedClock(scope);
    expect([clock.wall(), clock.wall()]).toEqual([START, START + MS]);
    expect(during(scope, () => clock.wall())).toBe(START);
  });
});

describe("random bytes without a grant", () => {
  test("are one sequence, which starts anew with every call, however it is drawn", () => {
    const scope = new Scope();
    const random = seededRandom(scope);
    const whole = during(scope, () => drawn(random, 16));
    expect(during(scope, () => [...drawn(random, 3), ...drawn(random, 0), ...drawn(random, 13)])).toEqual(whole);
    expect(during(new Scope(), () => drawn(seededRandom(new Scope()), 16))).toEqual(whole);
    expect(whole).toEqual([81, 224, 123, 1, 230, 249, 186, 252, 168, 181, 26, 249, 109, 71, 12, 67]);
  });

  test("do not repeat soon", () => {
    const bytes = drawn(seededRandom(new Scope()), 65_536);
    expect(new Set(bytes).size).toBe(256);
    const mean = bytes.reduce((sum, byte) => sum + byte) / bytes.length;
    expect(Math.abs(mean - 127.5)).toBeLessThan(2);
  });
});

describe("with a grant", () => {
  test("the clock is the machine's", () => {
    const { wall, monotonic } = systemClock();
    expect(Math.abs(Number(wall() / MS) - Date.now())).toBeLessThan(1000);
    const looks = Array.from({ length: 50 }, monotonic);
    expect(looks).toEqual(looks.toSorted((a, b) => Number(a - b)));
  });

  test.each([0, 1, 65_536, 65_537, 200_000])("random bytes are the machine's: %i of them", (size) => {
    const [one, two] = [drawn(systemRandom(), size), drawn(systemRandom(), size)];
    expect([one.length, two.length]).toEqual([size, size]);
    if (size > 16) expect(one.slice(-16)).not.toEqual(two.slice(-16));
  });
});

describe("the scope of one call", () => {
  const entry: FunctionEntry = { namespace: "n", name: "f", suspends: false, run: () => 0 };

  test("is told to host functions, and forgotten when the call ends", () => {
    const scope = new Scope();
    const { signal } = new AbortController();
    scope.call = new Call("op", undefined, { context: { user: 1 }, signal });
    expect(about(entry, scope, undefined)).toEqual({ namespace: "n", name: "f", context: { user: 1 }, signal });
    expect(about(entry, scope, "b")).toMatchObject({ binding: "b" });
    scope.leave();
    expect(about(entry, scope, undefined)).toEqual({ namespace: "n", name: "f", context: undefined, signal: undefined });
  });

  test("the first failure of an import is the one that is told", () => {
    const scope = new Scope();
    const first = new IsopodError("denied", "first");
    expect([scope.fail(first), scope.fail(new IsopodError("trap", "second"))]).toEqual([first, first]);
    expect(() => scope.check()).toThrow(first);
  });

  test("what is to be done at its end is done once", () => {
    const scope = new Scope();
    const done: number[] = [];
    atEnd(scope, () => done.push(1));
    atEnd(scope, () => done.push(2));
    scope.leave();
    scope.leave();
    expect(done).toEqual([1, 2]);
  });

  test("perCall restarts for another call, even of the same operation, and not within one", () => {
    const scope = new Scope();
    let starts = 0;
    const run = perCall(scope, () => starts++, (value: number) => value);
    during(scope, () => [run(1), run(2)]);
    during(scope, () => run(3));
    during(scope, () => 0);
    expect([starts, during(scope, () => run(4))]).toEqual([2, 4]);
  });
});
