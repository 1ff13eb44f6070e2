/**
 * What Isopod must reach, as data. A row counts with its worst case among all that match `where`.
 *
 * @typedef {object} Target
 * @property {string} text
 * @property {string} suite
 * @property {string[]} of contenders that must reach it
 * @property {string} [to] the contender whose row of the same case is the measure; without it the value itself counts
 * @property {Partial<Record<"op" | "kind" | "group", string>> & { sizes?: number[] }} [where]
 * @property {number} max
 * @property {string} [unit] of `max`, where there is no `to`
 */

const KIB64 = 65_536;
const MIB = 1_048_576;
const PACKED = ["packed isopod sync", "packed isopod async"];
const EXTISM = ["extism isopod sync", "extism isopod async"];
const WAPC = ["wapc isopod sync", "wapc isopod async"];
/** The operation that a guest spends no time on, for comparisons between different guests, and of copies. */
const echo = { op: "echo" };

/** @type {Target[]} */
const calls = [
  { text: "packed, 16 B bytes, synchronous, to the same guest", of: PACKED.slice(0, 1), to: "packed by hand", where: { kind: "bytes", sizes: [16] }, max: 1.25 },
  // 0.3 of the arena floor, which is a call without limits divided by 1.37
  { text: "packed, 16 B bytes, limits, to the same call without", of: ["packed isopod limited"], to: "packed isopod unlimited", where: { ...echo, kind: "bytes", sizes: [16] }, max: 1.22 },
  { text: "packed, 16 B text, synchronous, to the same guest", of: PACKED.slice(0, 1), to: "packed by hand", where: { kind: "text", sizes: [16] }, max: 1.25 },
  { text: "packed, 16 B bytes, asynchronous, to the same guest", of: PACKED.slice(1), to: "packed by hand", where: { kind: "bytes", sizes: [16] }, max: 1.8 },
  { text: "packed, 16 B text, asynchronous, to the same guest", of: PACKED.slice(1), to: "packed by hand", where: { kind: "text", sizes: [16] }, max: 1.8 },
  { text: "packed, bytes, 64 KB and more, to the same guest", of: PACKED, to: "packed by hand", where: { kind: "bytes", sizes: [KIB64, MIB] }, max: 1.05 },
  { text: "packed, 64 KB into a caller's buffer", of: ["packed isopod into"], to: "packed by hand", where: { ...echo, sizes: [KIB64] }, max: 0.35 },
  { text: "packed, 1 MB into a caller's buffer", of: ["packed isopod into"], to: "packed by hand", where: { ...echo, sizes: [MIB] }, max: 0.55 },
  { text: "packed, borrowed, 64 KB and more", of: ["packed isopod borrow"], to: "packed by hand", where: { ...echo, sizes: [KIB64, MIB] }, max: 0.2 },
  { text: "packed, 64 KB as text, to the same guest", of: PACKED, to: "packed by hand", where: { kind: "text", sizes: [KIB64] }, max: 1.2 },
  { text: "extism, 16 B bytes, to the arena floor", of: EXTISM.slice(0, 1), to: "arena floor", where: { ...echo, kind: "bytes", sizes: [16] }, max: 2.5 },
  { text: "extism, 16 B text, to the arena floor", of: EXTISM.slice(0, 1), to: "arena floor", where: { ...echo, kind: "text", sizes: [16] }, max: 2.5 },
  { text: "extism, bytes, 64 KB, to the arena floor", of: EXTISM, to: "arena floor", where: { ...echo, kind: "bytes", sizes: [KIB64] }, max: 5.5 },
  { text: "extism, text, 64 KB, to the arena floor", of: EXTISM, to: "arena floor", where: { ...echo, kind: "text", sizes: [KIB64] }, max: 6.5 },
  { text: "extism, synchronous, an eighth of rc13's time in every row", of: EXTISM.slice(0, 1), to: "extism 2.0.0-rc13", max: 0.125 },
  { text: "extism, asynchronous, an eighth of rc13's time in every row", of: EXTISM.slice(1), to: "extism 2.0.0-rc13", max: 0.125 },
  { text: "wapc, 16 B bytes, to the arena floor", of: WAPC.slice(0, 1), to: "arena floor", where: { ...echo, kind: "bytes", sizes: [16] }, max: 3 },
  { text: "wapc, 16 B text, to the arena floor", of: WAPC.slice(0, 1), to: "arena floor", where: { ...echo, kind: "text", sizes: [16] }, max: 3 },
  { text: "wapc, bytes, 64 KB, to the arena floor", of: WAPC, to: "arena floor", where: { ...echo, kind: "bytes", sizes: [KIB64] }, max: 1.05 },
  { text: "wapc, faster than @wapc/host in every row", of: WAPC, to: "@wapc/host", max: 1 },
  { text: "worker, 16 B, to a bare postMessage worker", of: ["packed isopod worker"], to: "raw worker", where: { sizes: [16] }, max: 1.4 },
  { text: "worker, callMany of 100, an item of 16 B, to the arena floor", of: ["packed isopod worker ×100"], to: "arena floor", where: { sizes: [16] }, max: 8 },
].map((target) => ({ suite: "calls", ...target }));

/** @type {Target[]} */
export const targets = [
  ...calls,
  { text: "packed, bytes to first result, inline, to hand-written", suite: "cold", of: ["packed isopod"], to: "packed by hand", max: 1.6 },
  { text: "extism, bytes to first result, inline, to hand-written", suite: "cold", of: ["extism isopod"], to: "extism by hand", max: 2.2 },
  { text: "first call in a warm worker", suite: "cold", of: ["isopod first call in a warm worker"], max: 1e6, unit: "ns" },
  { text: "packed, RSS of one more instance", suite: "memory", of: ["packed isopod"], max: 12, unit: "KiB" },
  { text: "extism, RSS of one more instance", suite: "memory", of: ["extism isopod"], max: 16, unit: "KiB" },
  { text: "bundle, createHost and one ABI, inline, gzip", suite: "bundle", of: ["isopod packed inline"], where: { group: "gzip" }, max: 8000, unit: "bytes" },
  { text: "bundle of the page, the same with workers, gzip", suite: "bundle", of: ["isopod packed with workers, page only"], where: { group: "gzip" }, max: 12_000, unit: "bytes" },
  ...soak("the last thousand calls, to the first", "last thousand to first", 1, "ratio"),
  ...soak("memory grown from the middle to the end", "memory grown", 1, "MiB"),
  ...soak("wasm pages grown", "wasm pages grown", 0, "pages"),
  ...["Node 20", "Node 24", "Chromium"].flatMap((engine) => [
    ...["matmul", "scan", "sieve"].map((group) => ({ text: `${group} with a meter, ${engine}, to the same without`, suite: "harden", of: [engine], where: { group }, max: 1.1 })),
    { text: `fib with a meter, ${engine}, to the same without`, suite: "harden", of: [engine], where: { group: "fib" }, max: engine === "Node 20" ? 1.25 : 1.8 },
    { text: `QuickJS with a meter, ${engine}, to the same without`, suite: "harden", of: [engine], where: { group: "QuickJS" }, max: 1.3 },
  ]),
  { text: "hardened QuickJS, size to the original", suite: "harden", of: ["quickjs.wasm"], where: { group: "size, custom sections not counted" }, max: 1.13 },
  { text: "a megabyte rewritten, CPU time", suite: "harden", of: ["quickjs.wasm"], where: { group: "CPU time of rewriting a megabyte, at first" }, max: 1e9 / 15, unit: "ns" },
];

/** @returns {Target[]} */
function soak(/** @type {string} */ what, /** @type {string} */ group, /** @type {number} */ max, /** @type {string} */ unit) {
  const of = ["plain", "packed", "extism", "wapc"].flatMap((abi) => [`${abi} isopod inline`, `${abi} isopod worker`]);
  return [{ text: `100,000 calls, each ABI, inline and worker: ${what}`, suite: "soak", of, where: { group }, max, unit }];
}
