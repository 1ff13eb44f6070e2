import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import wabtOf from "wabt";
import { Scope } from "../capability/scope.ts";
import { failure, type IsopodError } from "../errors.ts";
import { DEFAULTS, type Bounds } from "./bounds.ts";
import { Budget, type Use } from "./budget.ts";

/**
 * What `harden` makes, by hand: `charge(n)` charges n units at once, `grow(n)` asks for n pages, `spin` charges for
 * ever, one unit at a time.
 */
const source = (start = ""): string => `(module
  (import "isopod" "tick" (func $tick (param i32 i32) (result i32)))
  (memory (export "memory") 1 100)
  (global $fuel (mut i32) (i32.const 0))
  (func (export "isopod:fuel") (param i32) (result i32) (global.get $fuel) (global.set $fuel (local.get 0)))
  (func $charge (export "charge") (param $cost i32)
    (global.set $fuel (i32.sub (global.get $fuel) (local.get $cost)))
    (if (i32.lt_s (global.get $fuel) (i32.const 0)) (then
      (global.set $fuel (call $tick (i32.const 0) (global.get $fuel)))
      (if (i32.lt_s (global.get $fuel) (i32.const 0)) (then (unreachable))))))
  (func (export "spin") (loop $again (call $charge (i32.const 1)) (br $again)))
  (func (export "grow") (param $pages i32) (result i32)
    (if (i32.eqz (call $tick (i32.const 1) (local.get $pages))) (then (return (i32.const -1))))
    (memory.grow (local.get $pages)))
  ${start})`;

let wabt: Awaited<ReturnType<typeof wabtOf>>;
beforeAll(async () => void (wabt = await wabtOf()));
afterEach(() => void vi.restoreAllMocks());

vi.setConfig({ testTimeout: 60_000 }); // a busy machine takes a hundred times as long for as much

/** Time that this process was given, not what a busy machine gave to others: what is late by this clock is late by itself. */
function byOwnTime(): void {
  vi.spyOn(performance, "now").mockImplementation(() => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  });
}

function compile(text: string): WebAssembly.Module {
  const module = wabt.parseWat("module.wat", text);
  return new WebAssembly.Module(module.toBinary({}).buffer as Uint8Array<ArrayBuffer>);
}

interface Guest {
  charge(cost: number): void;
  spin(): void;
  grow(pages: number): number;
}

const unlimited = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, Infinity])) as Bounds;

function held(bounds: Partial<Bounds>, texts: readonly string[] = [source()], watch?: (use: Use) => void): { scope: Scope; budget: Budget; guests: Guest[] } {
  const scope = new Scope();
  const budget = new Budget(scope, { ...unlimited, ...bounds }, watch);
  const inspected = { imports: [], memories: [{ minimum: 1, shared: false, wide: false }] };
  const guests = texts.map((text) => budget.instance({ module: compile(text), inspected }, {}).exports as unknown as Guest);
  return { scope, budget, guests };
}

/** What the guest was stopped for, or undefined. */
function stopped({ scope, budget }: ReturnType<typeof held>, run: () => void): unknown {
  budget.begin();
  try {
    run();
  } catch (cause) {
    return (budget.blame(cause) as IsopodError).details;
  } finally {
    scope.thrown = undefined;
  }
  return undefined;
}

test.each([0, 1, 1000, 2 ** 30, 2 ** 30 + 1, 20e9])("fuel of %d is what a call may use, and not one unit more", (fuel) => {
  const own = held({ fuel });
  const [guest] = own.guests;
  const use = (units: number) => () => {
    for (; units > 2 ** 28; units -= 2 ** 28) guest!.charge(2 ** 28);
    guest!.charge(units);
  };
  for (let calls = 0; calls < 2; calls++) {
    expect(stopped(own, use(fuel))).toBeUndefined();
    expect(stopped(own, use(fuel + 1))).toEqual({ limit: "fuel", used: fuel + 1, cap: fuel });
  }
});

test("fuel is the same however it is handed out: with a clock, in a million small steps or one", () => {
  for (const time of [Infinity, 60_000]) {
    const own = held({ fuel: 3_000_000, time });
    expect(stopped(own, () => own.guests[0]!.spin())).toEqual({ limit: "fuel", used: 3_000_001, cap: 3_000_000 });
    expect(stopped(own, () => own.guests[0]!.charge(3_000_000))).toBeUndefined();
  }
});

test("what the host does for a guest is charged a unit a byte, wherever the fuel lies", () => {
  for (const time of [Infinity, 60_000]) {
    const own = held({ fuel: 1000, time });
    const [guest] = own.guests as [Guest];
    expect(stopped(own, () => (guest.charge(300), own.budget.work(400), guest.charge(300)))).toBeUndefined();
    expect(stopped(own, () => (guest.charge(300), own.budget.work(701)))).toEqual({ limit: "fuel", used: 1001, cap: 1000 });
    expect(stopped(own, () => (own.budget.work(1000), guest.charge(1)))).toEqual({ limit: "fuel", used: 1001, cap: 1000 });
  }
});

test("a guest that only has its host work is stopped by the clock", () => {
  const own = held({ time: 5 });
  const work = (): void => {
    for (;;) own.budget.work(1024);
  };
  expect(stopped(own, work)).toMatchObject({ limit: "time", cap: 5 });
});

test("modules of one plugin draw on one budget, and what one holds is the other's before anyone is stopped", () => {
  const own = held({ fuel: 1000 }, [source(), source()]);
  const [one, two] = own.guests as [Guest, Guest];
  for (let calls = 0; calls < 3; calls++) {
    expect(stopped(own, () => (one.charge(400), two.charge(500), one.charge(100)))).toBeUndefined();
    expect(stopped(own, () => (two.charge(500), one.charge(500)))).toBeUndefined();
    expect(stopped(own, () => (two.charge(500), one.charge(500), two.charge(1)))).toEqual({ limit: "fuel", used: 1001, cap: 1000 });
    expect(stopped(own, () => (one.charge(500), two.charge(500), one.charge(1)))).toEqual({ limit: "fuel", used: 1001, cap: 1000 });
  }
});

test("where fuel is unlimited, none is ever refused", () => {
  for (const bounds of [{}, { memory: 65_536 }, { time: 60_000 }]) {
    const own = held(bounds);
    for (let calls = 0; calls < 2; calls++) expect(stopped(own, () => [1, 2 ** 30, 2 ** 30, 5].forEach((units) => own.guests[0]!.charge(units)))).toBeUndefined();
  }
});

test("a start function is a call of its own", () => {
  const start = '(func (export "isopod:start") (call $charge (i32.const 10)))';
  const own = held({ fuel: 10 }, [source(start)]);
  expect(stopped(own, () => own.guests[0]!.charge(10))).toBeUndefined();
  expect(() => held({ fuel: 9 }, [source(start)])).toThrow(expect.objectContaining({ code: "limit", details: { limit: "fuel", used: 10, cap: 9 } }));
});

test("memory is counted over all modules, and growth beyond it is refused", () => {
  const page = 65_536;
  const own = held({ memory: 5 * page }, [source(), source()]);
  const [one, two] = own.guests as [Guest, Guest];
  own.budget.begin();
  expect([one.grow(0), one.grow(2), two.grow(2), two.grow(1), one.grow(1)]).toEqual([1, 1, -1, 1, -1]);
  expect(own.budget.short).toBe(true);
  expect(stopped(own, () => {
    one.grow(1);
    throw new WebAssembly.RuntimeError("unreachable");
  })).toEqual({ limit: "memory", used: 6 * page, cap: 5 * page });
  own.budget.begin();
  expect(own.budget.short).toBe(false);
  expect(() => held({ memory: 2 * page - 1 }, [source(), source()])).toThrow(expect.objectContaining({ code: "limit", details: { limit: "memory", used: 2 * page, cap: 2 * page - 1 } }));
});

test("what the engine refused is given back", () => {
  const own = held({ memory: 3 * 65_536 }, [source().replace("1 100", "1 1").replace("(memory.grow (local.get $pages))", `(drop (memory.grow (local.get $pages))) (call $tick (i32.const 2) (local.get $pages))`)]);
  own.budget.begin();
  for (let count = 0; count < 10; count++) expect(own.guests[0]!.grow(2)).toBe(0);
  expect(own.budget.short).toBe(false);
});

test.each([0, 5, 40])("time of %d ms is up within 25 ms", (time) => {
  byOwnTime();
  const own = held({ time });
  const took = Array.from({ length: 4 }, () => {
    const started = performance.now();
    const details = stopped(own, () => own.guests[0]!.spin());
    expect(details).toMatchObject({ limit: "time", cap: time });
    return performance.now() - started;
  });
  expect(Math.min(...took)).toBeGreaterThanOrEqual(time);
  expect(Math.min(...took), "a busy machine only adds").toBeLessThan(time + 25);
});

test("who uses much that takes no time is not lent so much that what it does next is not looked at for a second", () => {
  let now = 1;
  let looks = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (looks++, (now += 0.1)));
  const own = held({ time: 60_000 });
  const [guest] = own.guests as [Guest];
  own.budget.begin();
  // Blocks of a thousand values, say, which are 250 units and no work.
  for (let count = 0; count < 2000; count++) guest.charge(1e6);
  looks = 0;
  for (let count = 0; count < 1000; count++) guest.charge(1e5);
  expect(looks).toBeGreaterThan(50);
});

test.each([0, 1, 3])("%d host calls, and not one more", (hostCalls) => {
  const { budget } = held({ hostCalls });
  for (let calls = 0; calls < 2; calls++) {
    budget.begin();
    for (let count = 0; count < hostCalls; count++) budget.hostCall();
    expect(() => budget.hostCall()).toThrow(expect.objectContaining({ details: { limit: "hostCalls", used: hostCalls + 1, cap: hostCalls } }));
  }
});

test.each([0, 1, 100])("output of %d bytes, and not one more", (output) => {
  const { budget } = held({ output });
  budget.output(output);
  budget.output(0);
  expect(() => budget.output(output + 1)).toThrow(expect.objectContaining({ details: { limit: "output", used: output + 1, cap: output } }));
});

test("the log of a call is cut where output ends, and says so once", () => {
  const { budget } = held({ output: 10 });
  const lines: string[] = [];
  const log = budget.logger((_level, message) => lines.push(message));
  const marked = "… (limits.output is 10 bytes: the rest of this call's log is cut)";
  for (let calls = 0; calls < 2; calls++) {
    budget.begin();
    log("info", "12345");
    log("info", "67890");
    log("info", "x");
    log("info", "y");
    expect(lines.splice(0)).toEqual(["12345", "67890", marked]);
  }
  budget.begin();
  log("info", "Grüße aus Köln");
  expect(lines).toEqual([`Grüße au${marked}`]);
});

test("time holds where the guest has its host do the work, and what it does next is still looked at in time", () => {
  byOwnTime();
  const own = held({ time: 40 });
  const { budget } = own;
  const slow = (): void => {
    const until = performance.now() + 5;
    while (performance.now() < until);
  };
  let calls = 0;
  const used = stopped(own, () => {
    for (; calls < 100; calls++) {
      budget.hostCall();
      slow();
    }
  });
  expect(used).toMatchObject({ limit: "time", cap: 40 });
  expect(calls).toBeLessThan(18);
  const took = Array.from({ length: 4 }, () => {
    const started = performance.now();
    const spun = stopped(own, () => {
      for (let count = 0; count < 20; count++) budget.work(300_000);
      own.guests[0]!.spin();
    });
    expect(spun).toMatchObject({ limit: "time", cap: 40 });
    return performance.now() - started;
  });
  expect(Math.min(...took)).toBeLessThan(40 + 25);
});

test("lines of log that hold nothing are a flood, too", () => {
  const { budget } = held({ output: 1000 });
  let lines = 0;
  const log = budget.logger(() => void lines++);
  for (let calls = 0; calls < 2; calls++) {
    budget.begin();
    lines = 0;
    for (let count = 0; count < 150_000; count++) log("info", "");
    expect(lines).toBe(100_001);
    expect(budget.silent).toBe(true);
  }
});

test("who watches sees what a call uses while it runs, over all modules, and all of it at the end", () => {
  const seen: Use[] = [];
  const own = held({ fuel: 3_000_000, time: 60_000, memory: 8 * 65_536, hostCalls: 2 }, [source(), source()], (use) => void seen.push(use));
  const [one, two] = own.guests as [Guest, Guest];
  own.budget.begin();
  one.charge(700_000);
  two.charge(30);
  one.grow(3);
  expect(seen.at(-1)).toEqual({ fuel: 700_030, memory: 5 * 65_536, hostCalls: 0 });
  own.budget.hostCall();
  expect(seen.at(-1)).toEqual({ fuel: 700_030, memory: 5 * 65_536, hostCalls: 1 });
  one.charge(70);
  own.budget.end();
  expect(seen.at(-1)).toEqual({ fuel: 700_100, memory: 5 * 65_536, hostCalls: 1 });
  expect(stopped(own, () => two.spin())).toEqual({ limit: "fuel", used: 3_000_001, cap: 3_000_000 });
  expect(seen.at(-1)).toEqual({ fuel: 3_000_001, memory: 5 * 65_536, hostCalls: 0 });
});

test("fuel that nobody counts is none to who watches", () => {
  const seen: Use[] = [];
  const own = held({ memory: 65_536 }, [source()], (use) => void seen.push(use));
  own.budget.begin();
  own.guests[0]!.charge(1000);
  own.budget.end();
  expect(seen.length).toBeGreaterThan(0);
  for (const use of seen) expect(use).toEqual({ fuel: NaN, memory: 65_536, hostCalls: 0 });
});

describe("a call that was given up", () => {
  const given = failure("aborted", "enough");

  test.each<Partial<Bounds>>([{}, { fuel: 1e9 }, { time: 1e6 }, { memory: 2 ** 24 }])("is refused whatever it asks for, under %o", (bounds) => {
    const { scope, budget, guests } = held(bounds, [source(), source()]);
    const lines: string[] = [];
    const log = budget.logger((_level, line) => lines.push(line));
    budget.begin();
    for (const guest of guests) guest.charge(1);
    log("info", "before");
    scope.retired = true;
    budget.retire(given);
    for (const guest of guests) {
      expect(() => guest.charge(1)).toThrow(WebAssembly.RuntimeError);
      expect(guest.grow(1)).toBe(-1);
    }
    log("info", "after");
    expect(lines).toEqual(["before"]);
    expect(budget.silent).toBe(true);
    for (const refused of [() => budget.hostCall(), () => budget.work(1)]) expect(refused).toThrow();
    expect(scope.thrown).toBe(given);
  });

  test("is resumed only where all its modules count", () => {
    const resumed = (texts: string[]): unknown[] => {
      const seen: unknown[] = [];
      const { budget, scope } = held({ fuel: 1e9 }, texts);
      budget.waiting = (error) => seen.push(error);
      scope.retired = true;
      budget.retire(given);
      return seen;
    };
    expect(resumed([source(), source()])).toEqual([given]);
    for (const texts of [["(module)"], ["(module)", source()], [source(), "(module)"]]) expect(resumed(texts)).toEqual([]);
  });
});

test("what a module was lent to start on is not spent on top of a call's fuel", () => {
  const starts = source(`(func (export "isopod:start") (call $charge (i32.const 1)))`);
  const fuel = 2e7; // after so much nobody looks at what is left when a start function ends
  const stage = held({ fuel, time: 1e4 }, [starts, starts, source()]);
  let used = 0;
  const details = stopped(stage, () => {
    for (const [guest, times] of stage.guests.map((each, index) => [each, index < 2 ? 9 : 300] as const)) {
      for (let left = times; left > 0; left--, used += 1e5) guest.charge(1e5);
    }
  });
  expect([used, details]).toEqual([fuel, { limit: "fuel", used: fuel + 1e5, cap: fuel }]);
});
