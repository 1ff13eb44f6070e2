import { expect, test } from "vitest";
import { ERROR_OFFSET, GUEST_FUNCTIONS, KERNEL_ORIGIN, OUTPUT_LENGTH, OUTPUT_OFFSET } from "./exports.ts";
import { KERNEL_BASE64 } from "./kernel.ts";

const kernelBytes = Uint8Array.from(atob(KERNEL_BASE64), (char) => char.charCodeAt(0));
const compiled = new WebAssembly.Module(kernelBytes);

class Kernel {
  readonly exports: Record<string, any> = {
    ...new WebAssembly.Instance(compiled, { isopod: { tick: (kind: number) => (kind === 0 ? 2 ** 30 : 1) } }).exports,
    output_offset: () => this.word(OUTPUT_OFFSET),
    output_length: () => this.word(OUTPUT_LENGTH),
    error_offset: () => this.word(ERROR_OFFSET),
  };

  word(index: number): number {
    return new Int32Array(this.exports.memory.buffer)[index]!;
  }

  get heap(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, KERNEL_ORIGIN);
  }

  /** As the host lowers an input. */
  begin(input: Uint8Array): void {
    const at = this.exports.begin(input.length);
    this.heap.set(input, at);
  }

  /** As a guest lowers its output. */
  store(bytes: Uint8Array): bigint {
    const at = this.exports.alloc(BigInt(bytes.length));
    bytes.forEach((byte, i) => this.exports.store_u8(at + BigInt(i), byte));
    return at;
  }

  bytes(at: number | bigint, length: number): Uint8Array {
    return this.heap.slice(Number(at), Number(at) + length);
  }
}

const bytes = (length: number, fill = 0xaa): Uint8Array => new Uint8Array(length).fill(fill);
const WILD = [1n << 31n, (1n << 32n) - 1n, 1n << 32n, (1n << 32n) + 16n, 1n << 63n, (1n << 64n) - 8n, (1n << 64n) - 1n];

test("is small, imports nothing, and exports what guests import", () => {
  expect(kernelBytes.length).toBeLessThan(1500);
  expect(Object.keys(new Kernel().exports)).toEqual(expect.arrayContaining([...GUEST_FUNCTIONS]));
});

test("the input is read by byte and by word, and is 0 outside itself", () => {
  const kernel = new Kernel();
  const { input_load_u8, input_load_u64, input_length, input_offset, length, load_u8 } = kernel.exports;
  kernel.begin(Uint8Array.from({ length: 12 }, (_, i) => i + 1));
  expect(input_length()).toBe(12n);
  expect(input_load_u8(11n)).toBe(12);
  expect(input_load_u64(0n)).toBe(0x0807060504030201n);
  expect(input_load_u64(4n)).toBe(0x0c0b0a0908070605n); // the last whole word, unaligned
  expect(input_load_u64(5n)).toBe(0n); // not wholly inside
  for (const at of [12n, ...WILD]) expect([input_load_u8(at), input_load_u64(at)]).toEqual([0, 0n]);
  expect(length(input_offset())).toBe(12n); // the C kit takes this for the input's length
  expect(load_u8(input_offset() + 3n)).toBe(4);
});

test.each([0, 1, 7, 8])("an input of %i bytes", (n) => {
  const kernel = new Kernel();
  kernel.begin(bytes(n, 7));
  expect(kernel.exports.input_length()).toBe(BigInt(n));
  expect(kernel.exports.input_offset()).toBe(n === 0 ? 0n : 16n);
  expect(kernel.exports.input_load_u64(0n)).toBe(n === 8 ? 0x0707070707070707n : 0n);
});

test("text is encoded into a block that is too large, then cut to its length", () => {
  const kernel = new Kernel();
  const { begin, shrink, host_alloc, input_length, length } = kernel.exports;
  kernel.begin(bytes(300));
  kernel.heap.set(bytes(10, 1), begin(300));
  shrink(16, 10);
  expect(input_length()).toBe(10n);
  expect(length(16n)).toBe(10n);
  const reply = host_alloc(90);
  expect(reply).toBe(40); // right after the input: the rest was given back
  kernel.heap.set(bytes(4, 2), reply);
  const next = kernel.exports.alloc(8n);
  shrink(reply, 4); // no longer the last
  expect(length(BigInt(reply))).toBe(4n);
  expect(kernel.bytes(reply, 90)).toEqual(Uint8Array.from({ length: 90 }, (_, i) => (i < 4 ? 2 : 0)));
  expect(kernel.exports.length(next)).toBe(8n);
  expect(input_length()).toBe(10n);
});

test("what a cut gives back is zero for its next owner", () => {
  const kernel = new Kernel();
  kernel.begin(bytes(5000));
  kernel.exports.shrink(16, 10);
  const at = kernel.exports.alloc(4000n);
  expect(kernel.bytes(at, 4000).every((byte) => byte === 0)).toBe(true);
});

test("alloc answers 0 for nothing and for too much", () => {
  const { alloc, begin, host_alloc, memory } = new Kernel().exports;
  for (const n of [0n, ...WILD]) expect(alloc(n)).toBe(0n);
  for (const n of [0, -1, -(2 ** 31)]) expect([begin(n), host_alloc(n)]).toEqual([0, 0]);
  expect(memory.buffer.byteLength).toBe(65536);
  let blocks = 0;
  while (alloc(1n << 29n) !== 0n) blocks++; // until 4 GiB, or what the engine gives
  expect(blocks).toBeLessThan(8);
  expect(begin(3)).toBe(16);
});

test("memory grows before a block would cross its end", () => {
  const { alloc, store_u64, load_u64 } = new Kernel().exports;
  for (let i = 0; i < 300; i++) {
    const last = alloc(512n) + 504n;
    store_u64(last, 77n);
    expect(load_u64(last)).toBe(77n);
  }
});

test("length is that of a live block's start, and 0 elsewhere", () => {
  const { alloc, free, length, length_unsafe } = new Kernel().exports;
  const [a, b] = [alloc(5n), alloc(64n)];
  for (const f of [length, length_unsafe]) {
    expect([f(a), f(b)]).toEqual([5n, 64n]);
    for (const at of [0n, 8n, a + 1n, a + 8n, b + 8n, b + 72n, ...WILD]) expect(f(at)).toBe(0n);
  }
  for (const at of [a, a, 0n, a + 1n, b + 8n, ...WILD]) free(at);
  expect([length(a), length(b)]).toEqual([0n, 64n]);
});

test("a freed block keeps its bytes until it is reused: kits read them once more", () => {
  const kernel = new Kernel();
  const at = kernel.store(bytes(20));
  kernel.exports.free(at);
  expect(kernel.bytes(at, 20)).toEqual(bytes(20));
});

test("loads and stores outside what the call allocated give 0 and do nothing", () => {
  const kernel = new Kernel();
  const { load_u8, load_u64, store_u8, store_u64, alloc } = kernel.exports;
  const at = alloc(16n);
  store_u64(at, 0x0102030405060708n);
  store_u8(at + 8n, 0x17f);
  expect([load_u64(at), load_u8(at + 7n), load_u8(at + 8n), load_u64(at + 1n)]).toEqual([
    0x0102030405060708n, 1, 0x7f, 0x7f01020304050607n,
  ]);
  for (const out of [at + 16n, 65536n, ...WILD]) {
    store_u8(out, 1);
    store_u64(out, 1n);
    expect([load_u8(out), load_u64(out)]).toEqual([0, 0n]);
  }
  store_u64(at + 9n, -1n); // the last byte would be outside
  expect(load_u8(at + 9n)).toBe(0);
  expect(kernel.heap.subarray(Number(at) + 16).every((byte) => byte === 0)).toBe(true);
});

test("nothing of one call is visible to the next", () => {
  const kernel = new Kernel();
  const { alloc, store_u64, load_u64, output_set, error_set, free, begin } = kernel.exports;
  kernel.begin(bytes(5000));
  const at = kernel.store(bytes(3000));
  store_u64(0n, -1n); // null
  free(alloc(24n));
  output_set(at, 3000n);
  error_set(at);
  kernel.begin(bytes(3, 1));
  const { output_offset, output_length, error_offset, error_get } = kernel.exports;
  expect([output_offset(), output_length(), error_offset(), error_get(), load_u64(0n)]).toEqual([0, 0, 0, 0n, 0n]);
  expect(load_u64(16n)).toBe(0x010101n); // what the host's 3 bytes do not cover
  const fresh = alloc(9000n);
  expect(kernel.bytes(fresh, 9000).every((byte) => byte === 0)).toBe(true);
  expect(begin(0)).toBe(0);
  expect(kernel.exports.input_length()).toBe(0n);
  expect(load_u64(16n)).toBe(0n);
});

test("the output is any range of the call's memory; another one is -1", () => {
  const kernel = new Kernel();
  const { output_set, output_offset, output_length, alloc } = kernel.exports;
  const at = alloc(64n);
  output_set(at + 3n, 10n);
  expect([output_offset(), output_length()]).toEqual([Number(at) + 3, 10]);
  output_set(0n, 0n); // what a kit says for an empty output: the last word counts
  expect([output_offset(), output_length()]).toEqual([0, 0]);
  output_set(at, 64n);
  expect(output_offset()).toBe(Number(at));
  const outside = [[at, 65n], [at + 1n, 64n], ...WILD.flatMap((wild) => [[wild, 0n], [wild, 1n], [at, wild]])];
  for (const [from, length] of outside) {
    output_set(from, length);
    expect([output_offset(), output_length()]).toEqual([-1, -1]);
  }
});

test("the error is a block, 0 clears it, and what is no block is -1", () => {
  const { error_set, error_get, error_offset, alloc, length } = new Kernel().exports;
  const at = alloc(20n);
  error_set(at);
  expect([error_get(), error_offset(), length(BigInt(error_offset()))]).toEqual([at, Number(at), 20n]);
  error_set(0n);
  expect(error_offset()).toBe(0);
  for (const wild of [at + 1n, at + 8n, ...WILD]) {
    error_set(wild);
    expect(error_offset()).toBe(-1);
  }
});

test("freeing the output or the error is in vain, freeing the input empties it", () => {
  const kernel = new Kernel();
  const { output_set, error_set, alloc, free, length, input_length, input_load_u8 } = kernel.exports;
  kernel.begin(bytes(9));
  const [out, error] = [alloc(8n), alloc(8n)];
  output_set(out, 8n);
  error_set(error);
  free(out);
  free(error);
  expect([length(out), length(error)]).toEqual([8n, 8n]);
  free(16n);
  expect([input_length(), input_load_u8(0n), length(16n)]).toEqual([0n, 0, 0n]);
});

test("a freed block is not reused below 1 MiB, where a guest may free it once more; beyond, it is", () => {
  const { alloc, free, length } = new Kernel().exports;
  const [key, other] = [alloc(24n), alloc(24n)];
  free(key); // by the host, which owns it
  const value = alloc(24n);
  free(key); // by the guest, which thinks so too
  expect(length(value)).toBe(24n);
  free(other);
  alloc(1n << 20n);
  expect([alloc(20n), alloc(17n)]).toEqual([other, key]);
  expect([length(other), length(key)]).toEqual([20n, 17n]);
  free(key);
  expect(alloc(25n)).not.toBe(key); // of another size
});

test("a freed input's block serves others, and the input stays empty", () => {
  const kernel = new Kernel();
  const { alloc, free, host_alloc, shrink, input_length } = kernel.exports;
  kernel.begin(bytes(24));
  alloc(1n << 20n);
  free(16n);
  expect(host_alloc(24)).toBe(16);
  shrink(16, 5);
  expect(input_length()).toBe(0n);
});

test.each([
  ["beyond memory", () => 0xffff_fff8n],
  ["no block", () => 1n << 20n],
  ["a block in use", (used: bigint) => used],
  ["what looks free and is too near the end", (_: bigint, last: bigint) => last],
])("a link that a guest overwrote ends its list: %s", (_name, link) => {
  const { alloc, free, store_u64, host_alloc } = new Kernel().exports;
  const [freed, used, last] = [alloc(700_000n), alloc(700_000n), alloc(8n)];
  store_u64(last - 8n, 8n | (last << 32n));
  free(freed);
  store_u64(freed - 8n, link(used, last) | (freed << 32n));
  expect(alloc(700_000n)).toBe(freed);
  expect(alloc(700_000n)).toBeGreaterThan(last);
  expect(BigInt(host_alloc(700_000))).toBeGreaterThan(last);
});

test("no list outlives its call, whatever the next input says", () => {
  const kernel = new Kernel();
  const { alloc, free, begin } = kernel.exports;
  alloc(1n << 20n);
  const old = alloc(24n);
  free(old);
  const input = bytes(1_200_000, 0);
  new DataView(input.buffer).setUint32(Number(old) - 4 - 16, Number(old), true);
  kernel.begin(input);
  expect(alloc(24n)).toBeGreaterThan(1_200_000n);
  begin(0);
});

test("a long call that frees what it takes does not grow for ever", () => {
  const { alloc, free, memory } = new Kernel().exports;
  for (let i = 0; i < 200_000; i++) free(alloc(BigInt(1 + ((i * 7919) % 5000))));
  expect(memory.buffer.byteLength).toBeLessThan(4 << 20);
});
