/**
 * What a meter costs a real interpreter: QuickJS runs a script with and without, in turn, the best of many rounds.
 * As arguments come the two modules, and how often.
 */
import { readFileSync } from "node:fs";
import { QuickJS } from "quickjs-wasi";

const SCRIPT = `(() => {
  const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
  const counts = {};
  for (let index = 0; index < 20000; index++) counts["k" + (index % 97)] = (counts["k" + (index % 97)] ?? 0) + index;
  const numbers = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 1009).sort((a, b) => a - b);
  const text = Array.from({ length: 3000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join("");
  return fib(22) + numbers[777] + text.match(/[aeiou]+/g).length + JSON.stringify(JSON.parse(JSON.stringify({ counts, numbers }))).length;
})()`;

const [, , plain, metered, rounds] = process.argv;
const lanes = [await open(String(plain)), await open(String(metered))];
const best = [Infinity, Infinity];
const answers = new Set();
for (let round = 0; round < Number(rounds); round++) {
  for (const index of round % 2 ? [1, 0] : [0, 1]) {
    const began = performance.now();
    answers.add(lanes[index]?.());
    best[index] = Math.min(best[index] ?? Infinity, performance.now() - began);
  }
}
if (answers.size !== 1) throw new Error("QuickJS gave different answers with a meter and without");
const [bare = 1, counted = 1] = best;
process.stdout.write(JSON.stringify({ QuickJS: { value: counted * 1e6, ratio: counted / bare } }));

/** The library links its own imports, so the meter's is added where it instantiates. */
async function open(/** @type {string} */ path) {
  const wasm = await WebAssembly.compile(readFileSync(path));
  const { instantiate } = WebAssembly;
  const tick = (/** @type {number} */ kind, /** @type {number} */ left) => (kind === 0 ? left + 1e6 : 1);
  WebAssembly.instantiate = /** @type {any} */ ((/** @type {WebAssembly.Module} */ module, /** @type {object} */ imports) => instantiate(module, { ...imports, isopod: { tick } }));
  try {
    const engine = await QuickJS.create({ wasm });
    return () => {
      const result = engine.evalCode(SCRIPT);
      const value = result.toNumber();
      result.dispose();
      return value;
    };
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}
