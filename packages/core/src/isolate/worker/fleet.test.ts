import { describe, expect, test, vi } from "vitest";
import { IsopodError } from "../../errors.ts";
import { CALL, DONE, FAILED, PROTOCOL, type LoadOrder } from "./protocol.ts";
import { GONE, bytes, soon, FakeWorker, Stage, call, watch } from "./fleet.fixture.ts";

describe("a call", () => {
  test("may not wait, but the load does", async () => {
    await new Stage().plugin({ queue: 0 }).warm(undefined);
  });

  test("greets, loads once, posts, and is answered", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const [worker] = stage.workers as [FakeWorker];
    const first = call(place, "a", { as: "text" });
    expect(worker.posted).toEqual([[CALL, 1, "op", "a", undefined]]);
    worker.say(DONE, bytes("A"), undefined);
    expect(await first).toBe("A");
    const second = call(place, "b", { as: "value" });
    worker.say(DONE, 5n, undefined);
    expect([await second, worker.loads.length, worker.holds.at(-1)]).toEqual([5n, 1, false]);
    expect(worker.loads[0]).toMatchObject({ plugin: 1, program: { abi: "fake" }, functions: [], variables: [], logs: false });
  });

  test("that fails over there is the error it was, with its cause", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const failing = call(place, "a");
    stage.workers[0]!.say(FAILED, new IsopodError("guest_error", "no", { details: { a: 1 }, cause: new TypeError("deep") }).toJSON(), undefined);
    await expect(failing).rejects.toMatchObject({ code: "guest_error", details: { a: 1 }, cause: { name: "TypeError", message: "deep" } });
  });

  test("one at a time to a worker; more workers as they are needed, up to their number; the rest in order", async () => {
    const stage = new Stage({ size: 2 });
    const place = stage.plugin();
    const all = ["a", "b", "c", "d"].map((input) => watch(call(place, input, { as: "text" })));
    await soon();
    const [one, two] = stage.workers as [FakeWorker, FakeWorker];
    expect([stage.workers.length, one.calls, two.calls]).toEqual([2, ["a"], ["b"]]);
    two.say(DONE, bytes("B"), undefined);
    await soon();
    two.say(DONE, bytes("C"), undefined);
    await soon();
    expect([one.calls, two.calls]).toEqual([["a"], ["b", "c", "d"]]);
    one.say(DONE, bytes("A"), undefined);
    expect(await Promise.all(all.map((one) => one.now()))).toEqual(["A", "B", "C", "pending"]);
  });

  test("of a plugin with state goes to the one worker that has it, though others are idle", async () => {
    const stage = new Stage({ size: 3 });
    const [place, other] = [stage.plugin({ state: "plugin" }), stage.plugin()];
    for (const one of [other, other, place]) void call(one, "x").catch(() => {});
    await soon();
    const home = stage.workers.find(({ loads }) => loads.some(({ plugin }) => plugin === 1))!;
    for (const worker of stage.workers) if (worker !== home) worker.say(DONE, undefined, undefined);
    void call(place, "y");
    await soon();
    expect(stage.workers.flatMap(({ posted }) => posted).filter((message) => message[1] === 1).length).toBe(1);
    home.say(DONE, undefined, undefined);
    await soon();
    expect(home.posted.filter((message) => message[1] === 1).length).toBe(2);
  });
});

describe("fairness", () => {
  test("a plugin that floods does not starve another", async () => {
    const stage = new Stage();
    const [flood, quiet] = [stage.plugin(), stage.plugin()];
    for (let index = 0; index < 50; index++) void call(flood, `flood ${index}`);
    const served = watch(call(quiet, "quiet", { as: "text" }));
    await soon();
    const [worker] = stage.workers as [FakeWorker];
    let turns = 0;
    while (!worker.calls.includes("quiet")) {
      worker.say(DONE, bytes("x"), undefined);
      await soon();
      if (++turns > 2) break;
    }
    expect(turns).toBeLessThanOrEqual(2);
    worker.say(DONE, bytes("served"), undefined);
    expect(await served.now()).toBe("served");
  });

  test("a plugin that goes on calling does not lose its turn by that", async () => {
    const stage = new Stage();
    const [flood, eager] = [stage.plugin(), stage.plugin()];
    for (let index = 0; index < 50; index++) void call(flood, `flood ${index}`);
    await soon();
    const [worker] = stage.workers as [FakeWorker];
    for (let turn = 0; turn < 4; turn++) {
      void call(eager, `eager ${turn}`);
      worker.say(DONE, bytes("x"), undefined);
      await soon();
    }
    expect(worker.calls).toEqual(["flood 0", "flood 1", "eager 0", "flood 2", "eager 1"]);
  });
});

describe("a worker that dies", () => {
  test("rejects what it ran, is replaced, and who waited is served by the next", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const [first, second] = [call(place, "a"), call(place, "b", { as: "text" })];
    const cause = new Error("out of memory");
    stage.workers[0]!.die(cause);
    await expect(first).rejects.toMatchObject({ code: "worker_lost", cause });
    await soon();
    expect([stage.workers.length, stage.workers[1]!.calls]).toEqual([2, ["b"]]);
    stage.workers[1]!.say(DONE, bytes("B"), undefined);
    expect(await second).toBe("B");
  });

  test("while it loads a plugin: that load fails, and the next works", async () => {
    const stage = new Stage({ start: async () => new FakeWorker(PROTOCOL, stage.workers.length === 0 ? () => new Promise(() => {}) : undefined) });
    const place = stage.plugin();
    const loading = watch(place.warm(undefined));
    await soon();
    expect(stage.workers[0]!.loads.length).toBe(1);
    stage.workers[0]!.die("x");
    expect(await loading.now()).toBe("worker_lost");
    await place.warm(undefined);
    expect(stage.workers.length).toBe(2);
  });

  test("gives the next one the plugin's variables as of the last call that ended", async () => {
    const stage = new Stage();
    const place = stage.plugin({ state: "plugin" });
    await place.warm(undefined);
    const [worker] = stage.workers as [FakeWorker];
    for (const changes of [[["a", bytes("1")], ["b", bytes("2")]], undefined, [["a", undefined], ["c", bytes("3")]]]) {
      const done = call(place, "x");
      worker.say(DONE, undefined, changes);
      await done.catch(() => {});
    }
    const failing = call(place, "x");
    worker.say(FAILED, new IsopodError("guest_error", "no").toJSON(), [["d", bytes("4")]]);
    await failing.catch(() => {});
    worker.die("x");
    await place.warm(undefined);
    expect(stage.workers[1]!.loads[0]!.variables).toEqual([["b", bytes("2")], ["c", bytes("3")], ["d", bytes("4")]]);
  });
});

describe("a worker that does not start", () => {
  test("fails the call, and the next one tries again", async () => {
    let attempts = 0;
    const stage = new Stage({
      start: async () => {
        if (++attempts === 1) throw new Error("blocked by a policy");
        return new FakeWorker();
      },
    });
    const place = stage.plugin();
    await expect(place.warm(undefined)).rejects.toMatchObject({ code: "worker_lost", message: expect.stringContaining("blocked by a policy") as unknown, cause: expect.any(Error) as unknown });
    await place.warm(undefined);
    expect(attempts).toBe(2);
  });

  test("fails everybody who waits for it, and nobody hangs", async () => {
    const stage = new Stage({ size: 2, start: () => Promise.reject(new Error("no")) });
    const [one, two] = [stage.plugin(), stage.plugin()];
    const all = [one, one, one, one, two, two].map((place) => watch(call(place, "x")));
    await soon();
    expect(await Promise.all(all.map((one) => one.now()))).toEqual(Array(6).fill("worker_lost"));
  });

  test("or speaks another protocol: both are named", async () => {
    const stage = new Stage({ start: async () => new FakeWorker("isopod/0") });
    await expect(stage.plugin().warm(undefined)).rejects.toMatchObject({ code: "protocol", message: expect.stringMatching(/isopod\/3.*isopod\/0/) as unknown });
    expect(stage.workers.map(({ terminated }) => terminated)).toEqual([1]);
  });

  test("or dies before it greets", async () => {
    const stage = new Stage({
      start: async () => {
        const worker = new FakeWorker();
        worker.control.greet = () => new Promise(() => setImmediate(() => worker.die(new Error("syntax error"))));
        return worker;
      },
    });
    const says = "no worker: syntax error";
    await expect(stage.plugin().warm(undefined)).rejects.toMatchObject({ code: "worker_lost", message: says, cause: { message: "syntax error" } });
  });

  test("or does not take the plugin: the error is what it said, and the worker serves others", async () => {
    const refuse = async ({ plugin }: LoadOrder): Promise<void> => {
      if (plugin === 1) throw new IsopodError("missing_import", "env.f");
      if (plugin === 2) throw new Error("odd");
    };
    const stage = new Stage({ start: async () => new FakeWorker(PROTOCOL, refuse) });
    await expect(stage.plugin().warm(undefined)).rejects.toMatchObject({ code: "missing_import" });
    await expect(stage.plugin().warm(undefined)).rejects.toMatchObject({ code: "internal", cause: { message: "odd" } });
    await stage.plugin().warm(undefined);
    expect(stage.workers.length).toBe(1);
  });
});

describe("an abort", () => {
  test("of a waiting call takes it out of the queue", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const impatient = new AbortController();
    void call(place, "a");
    const [waiting, next] = [watch(call(place, "b", { signal: impatient.signal })), watch(call(place, "c"))];
    impatient.abort();
    expect(await waiting.now()).toBe("aborted");
    stage.workers[0]!.say(DONE, undefined, undefined);
    await next.now();
    expect(stage.workers[0]!.calls).toEqual(["a", "c"]);
  });

  test("of a running call is told at once; a worker that ends within the moment it has is kept", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const [impatient, reason] = [new AbortController(), new Error("tired")];
    const running = call(place, "a", { signal: impatient.signal });
    impatient.abort(reason);
    await expect(running).rejects.toMatchObject({ code: "aborted", cause: reason });
    const next = watch(call(place, "b", { as: "text" }));
    await vi.advanceTimersByTimeAsync(20);
    stage.workers[0]!.say(DONE, bytes("late"), undefined);
    await vi.advanceTimersByTimeAsync(100);
    stage.workers[0]!.say(DONE, bytes("B"), undefined);
    expect([await next.now(), stage.workers.length, stage.workers[0]!.terminated]).toEqual(["B", 1, 0]);
  });

  test("a worker that goes on is ended, and the next call has a new one", async () => {
    const stage = new Stage();
    const place = stage.plugin();
    await place.warm(undefined);
    const impatient = new AbortController();
    const running = call(place, "a", { signal: impatient.signal });
    impatient.abort();
    await expect(running).rejects.toMatchObject({ code: "aborted" });
    const next = watch(call(place, "b", { as: "text" }));
    await vi.advanceTimersByTimeAsync(200);
    expect(stage.workers[0]!.terminated).toBe(1);
    await soon();
    stage.workers[1]!.say(DONE, bytes("B"), undefined);
    expect(await next.now()).toBe("B");
  });
});

test("a load whose signal has fired does not wait for a worker", async () => {
  const stage = new Stage();
  void call(stage.plugin(), "busy");
  await soon();
  expect(await watch(stage.plugin().warm(AbortSignal.abort())).now()).toBe("aborted");
});

describe("dispose", () => {
  test("of a plugin settles what it has running and waiting; another's call goes on", async () => {
    const stage = new Stage();
    const [place, other] = [stage.plugin(), stage.plugin()];
    await place.warm(undefined);
    await other.warm(undefined);
    const mine = [watch(call(place, "a")), watch(call(place, "b"))];
    const theirs = watch(call(other, "c", { as: "text" }));
    place.dispose(GONE);
    expect(await Promise.all(mine.map((one) => one.now()))).toEqual(["disposed", "disposed"]);
    expect(stage.workers[0]!.drops).toEqual([1]);
    stage.workers[0]!.say(DONE, bytes("late"), undefined);
    await soon();
    stage.workers[0]!.say(DONE, bytes("C"), undefined);
    expect([await theirs.now(), stage.workers[0]!.terminated]).toEqual(["C", 0]);
  });

  test("of all settles all, and ends every worker, one that is only starting too", async () => {
    const gates: (() => void)[] = [];
    const stage = new Stage({ size: 2, start: () => new Promise((resolve) => gates.push(() => resolve(new FakeWorker()))) });
    const [one, two] = [stage.plugin(), stage.plugin()];
    const all = [watch(call(one, "a")), watch(call(one, "b")), watch(call(two, "c"))];
    gates[0]!();
    await soon();
    stage.fleet.dispose(GONE);
    expect(await Promise.all(all.map((call) => call.now()))).toEqual(["disposed", "disposed", "disposed"]);
    gates.slice(1).forEach((open) => open());
    await soon();
    expect([stage.workers.length, ...stage.workers.map(({ terminated, holds }) => [terminated, holds.at(-1)])]).toEqual([gates.length, ...gates.map(() => [1, false])]);
    expect(() => call(one, "d")).toThrow(GONE);
  });
});
