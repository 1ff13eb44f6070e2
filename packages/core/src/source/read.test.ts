import { describe, expect, test } from "vitest";
import { read, type ResponseLike, type Source } from "./read.ts";

const WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const padded = new Uint8Array(24).fill(0xee);
padded.set(WASM, 8);
const shared = new SharedArrayBuffer(8);
new Uint8Array(shared).set(WASM);

const closed = (): Promise<never> => expect.unreachable("nothing is opened");
const answer = (over: Partial<ResponseLike> = {}): ResponseLike => ({ ok: true, status: 200, url: "http://x.test/p.wasm", arrayBuffer: async () => WASM.slice().buffer, ...over });
const thenable = { then: (resolve: (value: Uint8Array) => void) => resolve(WASM) } as PromiseLike<Uint8Array>;

describe("bytes", () => {
  test.each<[string, () => Source]>([
    ["a Uint8Array", () => WASM],
    ["part of a larger buffer", () => padded.subarray(8, 16)],
    ["a Buffer, which lies in a pool", () => Buffer.from(WASM)],
    ["a DataView", () => new DataView(padded.buffer, 8, 8)],
    ["a Uint16Array", () => new Uint16Array(padded.buffer, 8, 4)],
    ["an ArrayBuffer", () => WASM.slice().buffer],
    ["a SharedArrayBuffer", () => shared],
    ["a view of one", () => new Uint8Array(shared)],
    ["a promise of bytes", () => Promise.resolve(WASM)],
    ["anything with then", () => thenable],
    ["a Response", () => new Response(WASM) as Source],
    ["a promise of a Response", () => Promise.resolve(new Response(WASM)) as Source],
    ["what has the shape of one", () => answer()],
  ])("%s: all of them, and memory of their own", async (_name, source) => {
    const { bytes } = await read(source(), closed);
    expect([...bytes!]).toEqual([...WASM]);
    expect([bytes!.byteOffset, bytes!.buffer.byteLength, bytes!.buffer]).toEqual([0, 8, expect.any(ArrayBuffer)]);
  });

  test.each<[string, Source, Uint8Array]>([
    ["a Uint8Array", padded.slice(), padded],
    ["a SharedArrayBuffer", new SharedArrayBuffer(24), new Uint8Array(24)],
  ])("%s that changes while it is read: what was there at the call counts", async (_name, source, wanted) => {
    const reading = read(source, closed);
    new Uint8Array(ArrayBuffer.isView(source) ? source.buffer : (source as ArrayBuffer)).fill(1);
    expect((await reading).bytes).toEqual(wanted);
  });

  test("a buffer that is given away while it is read", async () => {
    const { buffer } = WASM.slice();
    const reading = read(buffer, closed);
    structuredClone(buffer, { transfer: [buffer] });
    expect((await reading).bytes).toEqual(WASM);
  });

  test("what is opened is copied, because a file's Buffer may be used again", async () => {
    const pool = Buffer.from(WASM);
    const { bytes } = await read("p.wasm", async () => pool);
    pool.fill(0);
    expect([[...bytes!], bytes!.byteOffset, bytes!.buffer.byteLength]).toEqual([[...WASM], 0, 8]);
  });
});

describe("a Module", () => {
  const module = new WebAssembly.Module(WASM);
  test.each<[string, Source]>([["at hand", module], ["promised", Promise.resolve(module)]])("%s is taken as it is", async (_name, source) => {
    expect(await read(source, closed)).toEqual({ module });
  });
});

describe("an address", () => {
  test.each<[string, Source, string]>([
    ["a string, as it stands", "./a b.wasm", "./a b.wasm"],
    ["a URL", new URL("http://x.test/a b"), "http://x.test/a%20b"],
    ["what has the shape of one", { href: "app:plugin" }, "app:plugin"],
    ["no text at all", "", ""],
  ])("%s", async (_name, source, address) => {
    const opened: string[] = [];
    const take = async (address: string): Promise<Uint8Array> => (opened.push(address), WASM);
    expect((await read(source, take)).bytes).toEqual(WASM);
    expect((await read(source, async (address) => (opened.push(address), answer()))).bytes).toEqual(WASM);
    expect(opened).toEqual([address, address]);
  });

  test("that cannot be opened says which, and why", async () => {
    const cause = new Error("ENOENT");
    await expect(read("p.wasm", () => Promise.reject(cause))).rejects.toMatchObject({ code: "bad_source", message: expect.stringMatching(/p\.wasm.*ENOENT/), cause });
    await expect(read("p.wasm", () => { throw cause; })).rejects.toMatchObject({ code: "bad_source", cause });
  });
});

describe("refused", () => {
  test.each([404, 500, 304])("an answer of %i", async (status) => {
    const gone = answer({ ok: false, status, arrayBuffer: closed });
    const refusal = { code: "bad_source", details: { status }, message: expect.stringContaining(String(status)) };
    await expect(read(gone, closed)).rejects.toMatchObject(refusal);
    await expect(read(Promise.resolve(gone), closed)).rejects.toMatchObject(refusal);
    await expect(read("p.wasm", async () => gone)).rejects.toMatchObject(refusal);
  });

  test("an answer that breaks off, or was read before", async () => {
    const cause = new TypeError("terminated");
    await expect(read(answer({ arrayBuffer: () => Promise.reject(cause) }), closed)).rejects.toMatchObject({ code: "bad_source", cause });
    const response = new Response(WASM);
    await response.arrayBuffer();
    await expect(read(response as Source, closed)).rejects.toMatchObject({ code: "bad_source" });
  });

  test("a promise that fails, such as a fetch without a network", async () => {
    const cause = new TypeError("fetch failed");
    await expect(read(Promise.reject(cause), closed)).rejects.toMatchObject({ code: "bad_source", message: expect.stringContaining("fetch failed"), cause });
  });

  test.each([undefined, null, 0, 1n, true, Symbol("s"), {}, [], [0, 97, 115, 109], { href: 1 }, { ok: true }, () => WASM, new Blob([WASM]), new Map()])("%o, which is no source", async (source) => {
    await expect(read(source as never, closed)).rejects.toMatchObject({ code: "bad_source" });
    await expect(read(Promise.resolve(source) as never, closed)).rejects.toMatchObject({ code: "bad_source" });
  });
});
