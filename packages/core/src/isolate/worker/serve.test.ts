import { beforeEach, describe, expect, test } from "vitest";
import type { Abi, Program, Services } from "../../abi/abi.ts";
import type { FunctionTable } from "../../capability/functions.ts";
import type { Call } from "../../contract/call.ts";
import { IsopodError } from "../../errors.ts";
import { readBatch } from "../../memory/batch.ts";
import { block, bytes } from "../crossing.fixture.ts";
import { ANSWER, CALL, DONE, FAILED, LOG, MANY, PROTOCOL, type LoadOrder } from "./protocol.ts";
import { Server } from "./serve.ts";

const text = (data: Uint8Array): string => new TextDecoder().decode(data);

let posted: [message: unknown[], transfer: readonly ArrayBuffer[] | undefined][];
let say: (...message: unknown[]) => void;
let server: Server;
let guest: (call: Call, services: Services) => unknown;

const abi = {
  name: "fake",
  instantiate: (_program: Program, services: Services) => ({ memory: undefined, call: (call: Call) => guest(call, services), begin: () => expect.unreachable(), end: () => expect.unreachable() }),
} as unknown as Abi;

beforeEach(() => {
  posted = [];
  guest = ({ input }) => input;
  server = new Server([abi], { post: (message, transfer) => void posted.push([message as unknown[], transfer]), listen: (listener) => void (say = (...message) => listener(message as never)) });
});

const load = (plugin: number, over: Partial<LoadOrder> = {}): Promise<void> =>
  server.load({ plugin, program: { abi: "fake", state: "none", grants: {} } as unknown as Program, functions: [], variables: [], mailbox: undefined, logs: false, ...over });
const last = (): unknown[] => posted.at(-1)![0];

test("it greets with its own protocol, whatever the host's", async () => {
  expect(await server.greet("isopod/99")).toBe(PROTOCOL);
});

test("an ABI that its script does not have is named", async () => {
  await expect(load(1, { program: { abi: "cobol" } as unknown as Program })).rejects.toMatchObject({ code: "abi_unknown", message: expect.stringContaining("cobol") as unknown });
});

test("a plugin that is dropped while it is loaded does not stay", async () => {
  let imported!: () => void;
  const table = (): Promise<FunctionTable> => new Promise((resolve) => (imported = () => resolve(new Map())));
  server = new Server([abi], { post: (message) => void posted.push([message as unknown[], undefined]), listen: (listener) => void (say = (...message) => listener(message as never)) }, () => ({ table, answered: () => {} }));
  const loading = load(1);
  await server.drop(1);
  imported();
  await loading;
  say(CALL, 1, "op", "in", undefined);
  expect(last()).toMatchObject([FAILED, { code: "internal" }, undefined]);
});

describe("a call", () => {
  beforeEach(() => load(1));

  test("is answered", () => {
    say(CALL, 1, "op", "in", undefined);
    expect(posted).toEqual([[[DONE, "in", undefined], undefined]]);
  });

  test("large output is moved, small is copied", () => {
    guest = ({ input }) => new Uint8Array(Number(input));
    for (const size of [16_383, 16_384]) say(CALL, 1, "op", String(size), undefined);
    expect(posted.map(([, transfer]) => transfer?.[0]?.byteLength)).toEqual([undefined, 16_384]);
  });

  test("that fails is answered with the whole error, and the next works", () => {
    guest = ({ input }) => {
      if (input === "bad") throw new IsopodError("guest_error", "no", { cause: new TypeError("deep") });
      return input;
    };
    say(CALL, 1, "op", "bad", undefined);
    expect(last()).toMatchObject([FAILED, { code: "guest_error", message: "no", cause: { name: "TypeError" } }, undefined]);
    say(CALL, 1, "op", "good", undefined);
    expect(last()).toEqual([DONE, "good", undefined]);
  });

  test.each([0, 2, -1])("for plugin %i, which is not here, is answered too", (plugin) => {
    say(CALL, plugin, "op", "in", undefined);
    expect(last()).toMatchObject([FAILED, { code: "internal" }, undefined]);
  });

  test("for a plugin that was dropped", async () => {
    await server.drop(1);
    await server.drop(1);
    say(CALL, 1, "op", "in", undefined);
    expect(last()).toMatchObject([FAILED, { code: "internal" }, undefined]);
  });

  test("an answer that nobody asked for does no harm", () => {
    say(ANSWER, undefined, "value");
    say(9, 1, 2, 3);
    expect(posted).toEqual([]);
  });
});

describe("a batch", () => {
  beforeEach(() => load(1));

  test("of bytes goes in and comes out as one block", () => {
    guest = ({ input, borrow }) => borrow!(bytes(text(input as Uint8Array).toUpperCase()));
    say(MANY, 1, "op", block("a", "", "ccc"), undefined);
    expect(readBatch(last()[1] as ArrayBuffer, (all, start, end) => text(all.slice(start, end)))).toEqual(["A", "", "CCC"]);
  });

  test("of numbers goes as a list", () => {
    guest = ({ input }) => (input as number[])[0]! + 1;
    say(MANY, 1, "op", [[1], [2]], undefined);
    expect(last()).toEqual([DONE, [2, 3], undefined]);
  });

  test("stops at the first failure and says where", () => {
    guest = ({ input }) => {
      if (text(input as Uint8Array) === "b") throw new IsopodError("guest_error", "no");
    };
    say(MANY, 1, "op", block("a", "b", "c"), undefined);
    expect(last()).toMatchObject([FAILED, { code: "guest_error", details: { index: 1 } }, undefined]);
  });
});

test("it logs under the plugin's number, if anybody listens", async () => {
  guest = (_call, { log }) => log("warn", "hello");
  await load(1);
  await load(2, { logs: true });
  say(CALL, 1, "op", "", undefined);
  say(CALL, 2, "op", "", undefined);
  expect(posted.map(([message]) => message).filter(([kind]) => kind === LOG)).toEqual([[LOG, 2, "warn", "hello"]]);
});
