import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tabulate, type Functions } from "../../capability/functions.ts";
import { replyBytes } from "../../capability/shapes.ts";
import type { LogEntry } from "../../capability/log.ts";
import { Call } from "../../contract/call.ts";
import type { CallOptions } from "../../contract/operations.ts";
import { IsopodError, type ErrorRecord } from "../../errors.ts";
import { decode } from "../../memory/text.ts";
import { Incoming } from "../../wait/mailbox.ts";
import { Answers } from "./answering.ts";
import { Lane, type Passenger } from "./lane.ts";
import { ANSWER, ASK, CALL, DONE, FAILED, LOG, PROTOCOL, type LoadOrder } from "./protocol.ts";

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let posted: unknown[][];
let say: (...message: unknown[]) => void;
let die: (cause: unknown) => void;
const terminate = vi.fn();
const hold = vi.fn();
const onFree = vi.fn();
const onEnd = vi.fn();
const drop = vi.fn(async () => {});

function lane(blocking = false): Lane {
  const link = {
    control: { greet: async () => PROTOCOL, load: async () => {}, drop },
    port: { post: (message: unknown) => void posted.push(structuredClone(message) as unknown[]), listen: (listener: (message: never) => void) => void (say = (...message) => listener(message as never)) },
    terminate,
    onDeath: (listener: (cause: unknown) => void) => void (die = listener),
    hold,
  };
  return new Lane(link, new Answers(link.port, blocking), onFree, onEnd);
}

interface Boarded {
  readonly lane: Lane;
  readonly logged: LogEntry[];
  readonly kept: unknown[];
  run(options?: CallOptions): Promise<unknown>;
}

async function boarded(functions: Functions = {}, blocking = false, plugin = 1, own = lane(blocking)): Promise<Boarded> {
  const logged: LogEntry[] = [];
  const kept: unknown[] = [];
  const passenger: Passenger = { plugin, functions: tabulate(functions), log: (level, message) => logged.push({ level, message }), keep: (changes) => kept.push(changes) };
  await own.load(passenger, {} as LoadOrder);
  own.residents.add(plugin);
  const run = (options?: CallOptions): Promise<unknown> => {
    own.holder = plugin;
    const result = own.run(plugin, new Call("op", "in", options), [CALL, plugin, "op", "in"], undefined);
    result.catch(() => {});
    return result;
  };
  return { lane: own, logged, kept, run };
}

beforeEach(() => {
  posted = [];
  vi.clearAllMocks();
});
afterEach(() => void vi.useRealTimers());

const answers = async (): Promise<unknown[][]> => (await soon(), posted.filter(([kind]) => kind === ANSWER));

describe("one call at a time", () => {
  test("held from the reservation to the answer, and then free for the next", async () => {
    const { lane, run } = await boarded();
    expect(lane.holder).toBe(undefined);
    const done = run();
    expect([lane.holder, onFree.mock.calls.length]).toEqual([1, 0]);
    say(DONE, "out", undefined);
    expect([await done, lane.holder, onFree.mock.calls.length]).toEqual(["out", undefined, 1]);
  });

  test("the process is kept alive while it runs, and no longer", async () => {
    const { run } = await boarded();
    hold.mockClear();
    const done = run();
    expect(hold.mock.lastCall).toEqual([true]);
    say(FAILED, new IsopodError("guest_error", "no").toJSON(), undefined);
    await expect(done).rejects.toMatchObject({ code: "guest_error" });
    expect(hold.mock.lastCall).toEqual([false]);
  });

  test("what its variables became is kept, also by a call that fails", async () => {
    const { run, kept } = await boarded();
    void run();
    say(DONE, "out", [["a", undefined]]);
    void run();
    say(FAILED, new IsopodError("guest_error", "no").toJSON(), [["b", undefined]]);
    expect(kept).toEqual([[["a", undefined]], [["b", undefined]]]);
  });
});

describe("giving up", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  const tired = new IsopodError("aborted", "tired");

  test("is told at once; the worker has a moment, then it is ended", async () => {
    const { lane } = await boarded();
    const call = new Call("op", "in");
    lane.holder = 1;
    const running = lane.run(1, call, [CALL], undefined);
    lane.giveUp(call, tired);
    await expect(running).rejects.toBe(tired);
    expect([lane.holder, terminate.mock.calls.length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(100);
    expect([terminate.mock.calls.length, onEnd.mock.calls.length]).toEqual([1, 1]);
  });

  test("of a call that is not the one here is nothing", async () => {
    const { lane, run } = await boarded();
    const running = run();
    lane.giveUp(new Call("op", "in"), tired);
    lane.abandon(2, tired);
    await vi.advanceTimersByTimeAsync(100);
    say(DONE, "out", undefined);
    expect([await running, terminate.mock.calls.length]).toEqual(["out", 0]);
  });

  test("does not end the call after it", async () => {
    const { lane, run } = await boarded();
    void run();
    lane.abandon(1, tired);
    say(DONE, "late", undefined);
    const next = run();
    await vi.advanceTimersByTimeAsync(100);
    say(DONE, "out", undefined);
    expect([await next, terminate.mock.calls.length]).toEqual(["out", 0]);
  });
});

describe("the end", () => {
  test("comes once, and settles what runs", async () => {
    const { lane, run } = await boarded();
    const running = run();
    die("x");
    die("y");
    lane.end(new IsopodError("disposed", "gone"));
    await expect(running).rejects.toMatchObject({ code: "worker_lost", cause: "x" });
    expect([terminate.mock.calls.length, onEnd.mock.calls, hold.mock.lastCall]).toEqual([1, [[lane]], [false]]);
  });

  test("answers those that wait for the worker", async () => {
    const own = lane();
    own.link.control.load = () => new Promise(() => {});
    const loading = own.load({ plugin: 1 } as Passenger, {} as LoadOrder);
    die("x");
    await expect(loading).rejects.toMatchObject({ code: "worker_lost" });
    await expect(own.load({ plugin: 1 } as Passenger, {} as LoadOrder)).rejects.toMatchObject({ code: "worker_lost" });
  });

  test("is not waited for by what was answered long ago", async () => {
    setFlagsFromString("--expose_gc");
    const gc = runInNewContext("gc") as () => void;
    const own = lane();
    const loaded = async (answer: object): Promise<WeakRef<object>> => {
      own.link.control.load = async () => answer as never;
      await own.load({ plugin: 1 } as Passenger, {} as LoadOrder);
      return new WeakRef(answer);
    };
    const answered = await loaded({});
    await loaded({});
    await soon();
    gc();
    expect([answered.deref(), own.ended]).toEqual([undefined, undefined]);
  });

  test("has come, so nothing begins any more", async () => {
    const { lane, run } = await boarded();
    lane.end(new IsopodError("disposed", "gone"));
    await expect(run()).rejects.toMatchObject({ code: "disposed" });
    expect(posted).toEqual([]);
  });

  test("a plugin is dropped once, and not from a worker that is gone", async () => {
    const { lane } = await boarded();
    lane.drop(1);
    lane.drop(1);
    expect(drop.mock.calls).toEqual([[1]]);
    const other = await boarded();
    other.lane.end(new IsopodError("disposed", "gone"));
    other.lane.drop(1);
    expect(drop).toHaveBeenCalledOnce();
  });
});

describe("what a worker says meanwhile", () => {
  test("it logs for a plugin that starts, and for none that was dropped", async () => {
    const own = lane();
    const logged: string[] = [];
    const passenger: Passenger = { plugin: 1, functions: undefined, log: (_level, message) => logged.push(message), keep: () => {} };
    let ends!: () => void;
    own.link.control.load = () => new Promise((resolve) => (ends = resolve));
    const loading = own.load(passenger, {} as LoadOrder);
    say(LOG, 1, "info", "begins");
    ends();
    await loading;
    say(LOG, 1, "info", "goes on");
    own.drop(1);
    say(LOG, 1, "info", "dropped");
    expect(logged).toEqual(["begins", "goes on"]);
  });

  test("it logs for the plugin it names", async () => {
    const one = await boarded();
    const two = await boarded({}, false, 2, one.lane);
    say(LOG, 2, "warn", "for two");
    say(LOG, 1, "info", "for one");
    say(LOG, 7, "info", "for nobody");
    expect([one.logged, two.logged]).toEqual([[{ level: "info", message: "for one" }], [{ level: "warn", message: "for two" }]]);
  });

  test("it logs for a plugin that it is still starting", async () => {
    const own = lane();
    own.link.control.load = async () => say(LOG, 1, "info", "as it starts");
    const { logged } = await boarded({}, false, 1, own);
    expect(logged).toEqual([{ level: "info", message: "as it starts" }]);
  });

  test("a host function is told of its own call, and its reply is posted, when it has one", async () => {
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const { run } = await boarded({ kv: { get: async (...args: unknown[]) => (seen.push(...args), "value") } });
    void run({ context: "mine", signal });
    say(ASK, "kv", "get", ["key", 1n], "binding");
    expect(await answers()).toEqual([[ANSWER, undefined, "value"]]);
    expect(seen).toEqual(["key", 1n, { namespace: "kv", name: "get", binding: "binding", context: "mine", signal }]);
  });

  test("a plugin that asks as it starts is told that it cannot wait, rather than that it waits", async () => {
    const own = lane(true);
    const get = vi.fn();
    own.link.control.load = async () => say(ASK, "kv", "get", [], undefined);
    await boarded({ kv: { get } }, true, 1, own);
    expect(new Int32Array(own.answering!.mailbox!)[0]).toBe(1);
    expect(new Incoming(own.answering!.mailbox!, () => {}).await()).toMatchObject({ error: { code: "unsupported" } });
    expect(get).not.toHaveBeenCalled();
  });

  test("one that fails is answered with the error", async () => {
    const { run } = await boarded({ kv: { get: () => { throw new TypeError("no"); } } });
    void run();
    say(ASK, "kv", "get", [], undefined);
    const [[, error, value]] = (await answers()) as [[number, ErrorRecord, unknown]];
    expect([error.code, (error.cause as Error).message, value]).toEqual(["host_function", "no", undefined]);
  });

  const circle: unknown[] = [];
  circle.push(circle);
  const gone = new Uint8Array(4);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  test.each([
    ["a circle", true, () => circle],
    ["a bigint within", true, () => ({ a: 1n })],
    ["a circle, posted", false, () => circle],
    ["a function", false, () => () => 1],
    ["a symbol", true, () => Symbol("s")],
    ["bytes that were transferred away", true, () => gone],
    ["the same, posted", false, () => gone],
    ["an error with such details", true, () => { throw new IsopodError("denied", "no", { details: { a: 1n } }); }],
    ["an error with other details", false, () => { throw new IsopodError("denied", "no", { details: { a: () => 1 } }); }],
    ["an error that is no text", true, () => { throw Object.create(null); }],
  ])("a reply that cannot cross is an error, not a worker that waits for ever: %s", async (name, blocking, get) => {
    const { lane, run } = await boarded({ kv: { get } }, blocking);
    void run();
    say(ASK, "kv", "get", [], undefined);
    await soon();
    if (blocking) expect(new Int32Array(lane.answering!.mailbox!)[0]).toBe(1); // else the next line would wait for ever itself
    const error = blocking ? (new Incoming(lane.answering!.mailbox!, () => {}).await() as { error: ErrorRecord }).error : (await answers())[0]![1];
    // As without a worker: a guest may get to see the message, and the code says whether it does.
    const [code, words] = name.includes("details") ? ["denied", "no"] : ["host_function", name.startsWith("an error") ? "no words" : "must be text, bytes or JSON"];
    expect(error).toMatchObject({ code, message: expect.stringContaining(words!) as unknown });
  });

  const when = new Date(0);
  test.each<[string, unknown, string]>([
    ["a date", when, '"1970-01-01T00:00:00.000Z"'],
    ["what says itself what it is as JSON", { toJSON: () => "5 EUR" }, '"5 EUR"'],
    ["a number that says so", { toJSON: () => 5 }, "5"],
    ["nothing that says so", { toJSON: () => null }, "null"],
    ["an object with a function", { a: 1, f: () => 1 }, '{"a":1}'],
    ["what has a private part", new (class { readonly #b = 2; a = 1; get b() { return this.#b; } })(), '{"a":1}'],
    ["a map", new Map([[1, 2]]), "{}"],
    ["null", null, "null"],
    ["text", "x", "x"],
    ["false", false, "false"],
  ])("a reply is the same bytes for the guest, whatever carries it: %s", async (_name, reply, wanted) => {
    const text = (value: unknown): string => decode(replyBytes(undefined, value));
    expect(text(reply)).toBe(wanted);
    const left: unknown[] = [];
    for (const blocking of [true, false]) {
      posted = [];
      const { lane, run } = await boarded({ kv: { get: () => reply } }, blocking);
      void run();
      say(ASK, "kv", "get", [], undefined);
      await soon();
      left.push(text(blocking ? (new Incoming(lane.answering!.mailbox!, () => {}).await() as { value: unknown }).value : (await answers())[0]![2]));
    }
    expect(left).toEqual([wanted, wanted]);
  });

  test("where the worker is blocked, the reply is left in its mailbox, piece by piece", async () => {
    const { lane, run } = await boarded({ kv: { get: () => new Uint8Array(100_000).fill(7) } }, true);
    void run();
    const incoming = new Incoming(lane.answering!.mailbox!, () => say(ASK, "", "", [], undefined));
    say(ASK, "kv", "get", [], undefined);
    await soon();
    const reply = incoming.await() as { value: Uint8Array };
    expect([reply.value.length, reply.value.every((byte) => byte === 7), await answers()]).toEqual([100_000, true, []]);
  });

  test("one without a name is no question for more of the last reply", async () => {
    const { lane, run } = await boarded({ kv: { "": () => "mine" } }, true);
    void run();
    say(ASK, "kv", "", [], undefined);
    await soon();
    expect(new Incoming(lane.answering!.mailbox!, () => {}).await()).toEqual({ value: "mine" });
  });

  test.each([["kv", "set"], ["__proto__", "get"], ["kv", "__proto__"], ["constructor", "toString"], ["", ""]])("%j.%j, which it was not given, it does not get", async (namespace, name) => {
    const { run } = await boarded({ kv: { get: () => 1 } });
    void run();
    say(ASK, namespace, name, [], undefined);
    expect(await answers()).toMatchObject([[ANSWER, { code: "internal" }, undefined]]);
  });

  test("an answer that comes after the call has ended is for nobody", async () => {
    let reply!: (value: unknown) => void;
    const get = vi.fn(async () => new Promise((resolve) => (reply = resolve)));
    const { run } = await boarded({ kv: { get } });
    void run();
    say(ASK, "kv", "get", [], undefined);
    say(DONE, undefined, undefined);
    reply("late");
    expect([await answers(), get.mock.calls.length]).toEqual([[], 1]);
  });
});
