import { equal, within } from "../assert.ts";
import type { Attack } from "./attack.ts";
import { build } from "./binary.ts";
import { call, drop, get, grow, i32, i64, load8, memorySize, pack, set, store, unreachable, wrap, type Code } from "./code.ts";
import { copying, echoing, extismGuest, packedGuest, wasiGuest } from "./guests.ts";
import { answers, BOUND_MS, failing, stopped } from "./judge.ts";
import { limited } from "./limited.ts";

const packed = { speaks: ["packed"] } as const;
const OUT = "out_of_bounds";
const bytes = (...all: number[]): Uint8Array => new Uint8Array(all);
const result = (at: number, length: number): (() => Uint8Array) => () => packedGuest([pack(i32(at), i32(length))]);

/** Results that lie about where they are. */
const results: readonly Attack[] = [
  stopped("memory: a result that ends one byte past the end", { bytes: result(131_071, 2) }, OUT, packed),
  stopped("memory: a result that begins past the end", { bytes: result(131_073, 0xffff) }, OUT, packed),
  stopped("memory: a result whose end wraps round 2^32", { bytes: result(-16, 32) }, OUT, packed),
  stopped("memory: a result of 2^32-1 bytes", { bytes: result(0, -1) }, [OUT, "limit output"], packed),
  answers("memory: a result that ends at the very end", { bytes: result(131_070, 2) }, bytes(0, 0), packed),
  answers("memory: a pointer above 2 GiB, negative to who reads it as signed", {
    memory: 2 ** 31 + 4 * 65_536,
    bytes: () => packedGuest([i32(-0x7fff_fff0), i32(0x0504_0302), store(), pack(i32(-0x7fff_fff0), i32(4))], { memory: [32_769] }),
  }, bytes(2, 3, 4, 5), { speaks: ["packed"], needs: ["gigabytes"], options: limited({ memory: 2 ** 31 + 4 * 65_536 }) }),
];

const malloc = (body: Code): (() => Uint8Array) => () => packedGuest(echoing, {}, body);
const input = { ...packed, input: bytes(1, 2, 3) };

/** Allocators that lie about what they give. */
const allocators: readonly Attack[] = [
  stopped("memory: an allocator that gives 0", { bytes: malloc([i32(0)]) }, OUT, input),
  stopped("memory: an allocator that gives what is past the end", { bytes: malloc([i32(131_070)]) }, OUT, input),
  stopped("memory: an allocator that gives an address that wraps", { bytes: malloc([i32(-1)]) }, OUT, input),
  answers("memory: an allocator that gives an odd address", { bytes: malloc([i32(1027)]) }, bytes(1, 2, 3), input),
  answers("memory: an allocator that gives the same place for everything", { bytes: () => packedGuest(copying) }, bytes(1, 2, 3), input),
  stopped("memory: an allocator that traps", { bytes: malloc([unreachable]) }, "trap", input),
  answers("memory: an allocator that grows memory, which leaves every view empty", { bytes: malloc([i32(1), grow, drop, i32(131_072)]) }, bytes(1, 2, 3), { ...packed, input: bytes(1, 2, 3) }),
];

const reverse = { env: { reverse: (given: Uint8Array): Uint8Array => given.slice().reverse() } };
const importing = (body: Code, allocate?: Code): (() => Uint8Array) => () =>
  packedGuest(body, { imports: [{ module: "env", name: "reverse", params: "i32 i32", results: "i64" }] }, allocate);
const calling = { speaks: ["packed", "functions"], needs: ["hostFunctions"], options: { functions: reverse }, input: bytes(1, 2, 3) } as const;

/** Host functions that are handed what is not the guest's. */
const arguments_: readonly Attack[] = [
  stopped("memory: a host function's argument past the end", { bytes: importing([i32(131_071), i32(2), call(0)]) }, OUT, calling),
  stopped("memory: a host function's argument that wraps", { bytes: importing([i32(-8), i32(64), call(0)]) }, OUT, calling),
  stopped("memory: a host function's argument of 2^32-1 bytes", { bytes: importing([i32(0), i32(-1), call(0)]) }, OUT, calling),
  answers("memory: memory grows inside a host call, for its reply", { bytes: importing([get(0), get(1), call(0)], [i32(1), grow, drop, i32(131_072)]) }, bytes(3, 2, 1), calling),
  stopped("memory: no room for a host function's reply", { bytes: importing([get(0), get(1), call(0)], [memorySize, i32(3), 0x46, 0x04, 0x7f, i32(0), 0x05, i32(1), grow, drop, i32(1024), 0x0b]) }, OUT, calling),
];

const wapc = (body: Code): (() => Uint8Array) => () =>
  build({
    memory: [1],
    imports: [
      { module: "wapc", name: "__guest_request", params: "i32 i32" },
      { module: "wapc", name: "__guest_response", params: "i32 i32" },
      { module: "wapc", name: "__guest_error", params: "i32 i32" },
      { module: "wapc", name: "__host_call", params: "i32 i32 i32 i32 i32 i32 i32 i32", results: "i32" },
    ],
    functions: [{ params: "i32 i32", results: "i32", body, as: "__guest_call" }],
  });
const speaksWapc = { speaks: ["wapc"], input: bytes(1, 2, 3) } as const;
const lying = (at: number): Code => [Array.from({ length: 8 }, (_, index) => (index === at ? i32(-1) : i32(0))), call(3)];

const asking: readonly Attack[] = [
  stopped("memory: waPC, a request wanted past the end", { bytes: wapc([i32(0), i32(65_535), call(0), i32(1)]) }, [OUT, "trap"], speaksWapc),
  stopped("memory: waPC, a response that wraps", { bytes: wapc([i32(-4), i32(16), call(1), i32(1)]) }, [OUT, "trap"], speaksWapc),
  stopped("memory: waPC, an error of 2^32-1 bytes", { bytes: wapc([i32(0), i32(-1), call(2), i32(0)]) }, [OUT, "trap", "limit output"], speaksWapc),
  ...[1, 3, 5, 7].map((at) => stopped(`memory: waPC, a host call whose ${at + 1}th word is 2^32-1`, { bytes: wapc(lying(at)) }, [OUT, "trap", "guest_error"], speaksWapc)),
];

const kernel = { speaks: ["extism"] } as const;
const setOutput = ["output_set", "i64 i64", ""] as const;

const forged: readonly Attack[] = [
  stopped("memory: Extism, an output the kernel never gave", { bytes: () => extismGuest([setOutput], [i64(1n << 40n), i64(64n), call(0), i32(0)]) }, [OUT, "trap"], kernel),
  stopped("memory: Extism, an output of 2^63 bytes", { bytes: () => extismGuest([setOutput], [i64(0n), i64(-(1n << 63n)), call(0), i32(0)]) }, [OUT, "trap"], kernel),
  stopped("memory: Extism, an output whose end wraps round 2^64", { bytes: () => extismGuest([setOutput], [i64(-8n), i64(16n), call(0), i32(0)]) }, [OUT, "trap"], kernel),
  answers("memory: Extism, the length of a block the kernel never gave", { bytes: () => extismGuest([["length", "i64", "i64"], setOutput], [i64(-1n), call(0), wrap, drop, i32(0)]) }, new Uint8Array(0), kernel),
  answers("memory: Extism, blocks freed twice and never given", { bytes: () => extismGuest([["alloc", "i64", "i64"], ["free", "i64", ""]], [i64(64n), call(0), 0x22, 0, call(1), get(0), call(1), i64(-1n), call(1), i64(7n), call(1), i32(0)], "i64") }, new Uint8Array(0), kernel),
  answers("memory: Extism, a variable whose key the kernel never gave", { bytes: () => extismGuest([["var_get", "i64", "i64"]], [i64(1n << 50n), call(0), wrap]) }, new Uint8Array(0), kernel),
  {
    name: "memory: Extism, what an earlier call left in the kernel",
    expected: "reads zeros",
    speaks: ["extism"],
    binaries: [{ name: "leftovers", bytes: leftovers }],
    run: async (target) => {
      const victim = await within(BOUND_MS, target.load({ name: "leftovers", bytes: leftovers }, limited({ concurrency: 1 })));
      for (let count = 0; count < 3; count++) equal(await within(BOUND_MS, victim.call("run", "secret!!")), new Uint8Array(8), "what a fresh block holds");
      await victim.dispose();
      return "read zeros";
    },
  },
];

/** Gives back eight bytes of a fresh block, and leaves a secret there. */
function leftovers(): Uint8Array {
  return extismGuest(
    [["alloc", "i64", "i64"], ["load_u64", "i64", "i64"], ["store_u64", "i64 i64", ""], setOutput],
    // A second block carries the answer, so that the first can be dirtied.
    [i64(8n), call(0), set(0), i64(8n), call(0), set(1), get(1), get(0), call(1), call(2), get(0), i64(0x7373_7373_7373_7373n), call(2), get(1), i64(8n), call(3), i32(0)],
    "i64 i64",
  );
}

const errno = { speaks: ["wasi"] } as const;
const write = ["fd_write", "i32 i32 i32 i32"] as const;
const FAULT = 21;
const INVAL = 28;
const BADF = 8;
/** iovs at 0: one vector. */
const vector = (at: number, length: number): Code => [i32(0), i32(at), store(), i32(4), i32(length), store()];
const writes = (first: Code, iovs: number, count: number, written: number): (() => Uint8Array) => () =>
  wasiGuest([write], [first, i32(1), i32(iovs), i32(count), i32(written), call(0)]);

const wasi: readonly Attack[] = [
  answers("memory: WASI, 2^27 vectors", { bytes: writes([], 0, 2 ** 27, 64) }, INVAL, errno),
  answers("memory: WASI, 2^32-1 vectors", { bytes: writes([], 0, -1, 64) }, INVAL, errno),
  answers("memory: WASI, a vector past the end", { bytes: writes(vector(131_070, 4), 0, 1, 64) }, FAULT, errno),
  answers("memory: WASI, a vector that wraps", { bytes: writes(vector(-8, 32), 0, 1, 64) }, FAULT, errno),
  answers("memory: WASI, vectors that begin past the end", { bytes: writes([], 131_068, 2, 64) }, FAULT, errno),
  answers("memory: WASI, random bytes past the end", { bytes: () => wasiGuest([["random_get", "i32 i32"]], [i32(131_071), i32(2), call(0)]) }, FAULT, errno),
  answers("memory: WASI, 2^32-1 random bytes", { bytes: () => wasiGuest([["random_get", "i32 i32"]], [i32(0), i32(-1), call(0)]) }, FAULT, errno),
  answers("memory: WASI, a time that is written past the end", { bytes: () => wasiGuest([["clock_time_get", "i32 i64 i32"]], [i32(0), i64(0n), i32(-4), call(0)]) }, FAULT, errno),
  answers("memory: WASI, 2^32-1 subscriptions", { bytes: () => wasiGuest([["poll_oneoff", "i32 i32 i32 i32"]], [i32(0), i32(64), i32(-1), i32(128), call(0)]) }, INVAL, errno),
  answers("files: a path opened below a folder nobody gave", { bytes: () => wasiGuest([["path_open", "i32 i32 i32 i32 i32 i64 i64 i32 i32"]], [i32(3), i32(0), i32(0), i32(8), i32(0), i64(-1n), i64(-1n), i32(0), i32(64), call(0)], { data: [0, "../../etc/passwd"] }) }, BADF, errno),
  {
    name: "memory: WASI, the count cannot be written, so nothing is",
    expected: "EFAULT, and no line in the log",
    speaks: ["wasi", "log"],
    binaries: [{ name: "unwritten", bytes: unwritten }],
    run: async (target) => {
      const lines: string[] = [];
      const victim = await within(BOUND_MS, target.load({ name: "unwritten", bytes: unwritten }, { log: ({ message }) => lines.push(message) }));
      equal(await within(BOUND_MS, victim.call("run")), FAULT);
      await victim.dispose();
      equal(lines, []);
      return "EFAULT, no line";
    },
  },
];

function unwritten(): Uint8Array {
  return writes([vector(32, 4), i32(32), i32(0x0a61_6161), store()], 0, 1, -2)();
}

const says = (...content: number[]): (() => Uint8Array) => () => packedGuest([pack(i32(16), i32(content.length))], { data: [16, content] });
const asText = { ...packed, call: { as: "text" } } as const;

/** The same answer in every runtime, whatever its decoder makes of it. */
const texts: readonly Attack[] = [
  stopped("text: bytes that are not UTF-8", { bytes: says(0xff, 0xfe) }, "invalid_utf8", asText),
  stopped("text: a slash written in two bytes too many", { bytes: says(0xe0, 0x80, 0xaf) }, "invalid_utf8", asText),
  stopped("text: half a surrogate pair", { bytes: says(0xed, 0xa0, 0x80) }, "invalid_utf8", asText),
  stopped("text: a character cut off", { bytes: says(0xf0, 0x9f, 0x8c) }, "invalid_utf8", asText),
  stopped("text: beyond the last code point", { bytes: says(0xf4, 0x90, 0x80, 0x80) }, "invalid_utf8", asText),
  answers("text: a byte order mark and a NUL stay", { bytes: says(0xef, 0xbb, 0xbf, 0x61, 0, 0x62) }, "\ufeffa\0b", asText),
  answers("text: half a surrogate pair given is replaced", { bytes: () => packedGuest(copying) }, bytes(0x61, 0xef, 0xbf, 0xbd), { ...packed, input: "a\ud800" }),
];

const number = { speaks: ["plain"] } as const;
const numbers: readonly Attack[] = [
  answers("numbers: -0 keeps its sign", { bytes: () => build({ functions: [{ params: "f64", results: "i64", body: [get(0), 0xbd], as: "run" }] }) }, -(1n << 63n), { ...number, input: [-0] }),
  answers("numbers: an i64 beyond 2^53", { bytes: () => build({ functions: [{ params: "i64", results: "i64", body: [get(0)], as: "run" }] }) }, (1n << 63n) - 1n, { ...number, input: [(1n << 63n) - 1n] }),
  answers("numbers: not a number", { bytes: () => build({ functions: [{ params: "f64", results: "f64", body: [get(0)], as: "run" }] }) }, Number.NaN, { ...number, input: [Number.NaN] }),
];

/** An instance that broke off is not seen again. */
const fresh: Attack = {
  name: "memory: secrets and half changed state after a trap",
  expected: "the next call finds zeros",
  speaks: ["packed"],
  binaries: [{ name: "secret", bytes: secret }],
  run: async (target) => {
    const victim = await within(BOUND_MS, target.load({ name: "secret", bytes: secret }, limited({ concurrency: 1 })));
    for (let count = 0; count < 3; count++) {
      equal(await within(BOUND_MS, victim.call("run", bytes(0))), new Uint8Array(4));
      await failing(target, within(BOUND_MS, victim.call("run", bytes(1))), "trap");
    }
    await victim.dispose();
    return "trap, and zeros after it";
  },
};

/** Writes a secret where its answer lies, and traps if its input begins with 1. */
function secret(): Uint8Array {
  return packedGuest([get(0), load8(), 0x04, 0x40, i32(64), i32(0x7365_6372), store(), unreachable, 0x0b, pack(i32(64), i32(4))]);
}

export const boundaryAttacks: readonly Attack[] = [...results, ...allocators, ...arguments_, ...asking, ...forged, ...wasi, ...texts, ...numbers, fresh];
