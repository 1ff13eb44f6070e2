/** Between two real threads: this one answers, the other is blocked. */
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IsopodError } from "../errors.ts";
import { createMailbox, Outgoing, type Reply } from "./mailbox.ts";

const BLOCKED = `
  import { parentPort, workerData } from "node:worker_threads";
  import { Incoming } from "./mailbox.ts";
  const incoming = new Incoming(workerData, () => parentPort.postMessage("more"));
  parentPort.on("message", () => {
    incoming.clear();
    parentPort.postMessage("ask");
    parentPort.postMessage({ got: incoming.await() });
  });
`;

const mailbox = createMailbox();
const outgoing = new Outgoing(mailbox);
let worker: Worker;
beforeAll(() => {
  const { outputFiles } = buildSync({ stdin: { contents: BLOCKED, resolveDir: fileURLToPath(new URL(".", import.meta.url)), loader: "ts" }, bundle: true, write: false, platform: "node", format: "cjs" });
  worker = new Worker(outputFiles[0]!.text, { eval: true, workerData: mailbox });
});
afterAll(() => worker.terminate());

/** What arrives of a reply, and in how many pieces. */
function pass(reply: Reply, before = (): unknown => undefined): Promise<{ got: Reply; pieces: number }> {
  return new Promise((resolve, reject) => {
    let pieces = 1;
    const listen = async (message: "ask" | "more" | { got: Reply }): Promise<void> => {
      if (typeof message === "object") {
        worker.off("message", listen).off("error", reject);
        resolve({ ...message, pieces });
      } else if (message === "ask") {
        await before();
        outgoing.leave(reply);
      } else {
        pieces++;
        outgoing.next();
      }
    };
    worker.on("message", listen).once("error", reject);
    worker.postMessage("go");
  });
}

const arrived = async (value: unknown): Promise<unknown> => ((await pass({ value })).got as { value: unknown }).value;
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 8)) & 0xff);

describe("bytes", () => {
  test.each([
    [0, 1],
    [1, 1],
    [65_535, 1],
    [65_536, 1],
    [65_537, 2],
    [131_072, 2],
    [131_073, 3],
    [1_000_001, 16],
  ])("%i of them, in %i pieces", async (length, pieces) => {
    const value = noise(length);
    const passed = await pass({ value });
    expect(passed.pieces).toBe(pieces);
    expect(Buffer.from((passed.got as { value: Uint8Array }).value).equals(Buffer.from(value))).toBe(true);
  });

  test("of any view, and no more than it shows", async () => {
    const { buffer } = noise(16);
    for (const value of [new Uint8Array(buffer, 3, 5), new DataView(buffer, 3, 5), Buffer.from(buffer, 3, 5)]) expect(await arrived(value)).toEqual(noise(16).slice(3, 8));
    expect(await arrived(new Uint16Array(buffer, 2, 2))).toEqual(noise(16).slice(2, 6));
    expect(await arrived(buffer)).toEqual(noise(16));
    expect(await arrived(new SharedArrayBuffer(3))).toEqual(new Uint8Array(3));
  });
});

describe("every other kind", () => {
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["no text", ""],
    ["text", "Grüße \ufeff 😀 \0"],
    ["text like JSON", '{"a":1}'],
    ["a bigint", 2n ** 64n - 1n],
    ["a negative one", -(2n ** 70n)],
    ["0n", 0n],
    ["a number", -1.5e300],
    ["0", 0],
    ["-0", -0],
    ["NaN", Number.NaN],
    ["Infinity", -Infinity],
    ["null, which is not nothing", null],
    ["true", true],
    ["false", false],
    ["a list", [1, "a", null, [true]]],
    ["an object", { a: { b: [] }, "": 1 }],
  ])("%s", async (_name, value) => {
    expect(await arrived(value)).toEqual(value);
  });

  test("text whose characters lie across the border of two pieces", async () => {
    for (const shift of [0, 1, 2, 3]) {
      const value = "x".repeat(shift) + "😀".repeat(40_000);
      const { got, pieces } = await pass({ value });
      expect([(got as { value: string }).value === value, pieces]).toEqual([true, 3]);
    }
  });

  test("JSON of more than a piece", async () => {
    const value = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    expect(await arrived(value)).toEqual(value);
  });

  test("an error, as the record it is", async () => {
    const error = new IsopodError("denied", "no".repeat(50_000), { details: { a: 1 }, cause: new TypeError("deep") }).toJSON();
    expect((await pass({ error })).got).toEqual({ error: JSON.parse(JSON.stringify(error)) });
  });
});

test("it waits for as long as it takes", async () => {
  const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
  expect((await pass({ value: "late" }, slow)).got).toEqual({ value: "late" });
});

test("a short reply after a long one has nothing of it", async () => {
  await arrived(noise(200_000));
  expect(await arrived("x")).toBe("x");
  expect(await arrived(undefined)).toBeUndefined();
});
