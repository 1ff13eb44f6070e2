/**
 * Every guest, as data: its name in dist/, its language, and the sources to build it from.
 *
 * @typedef {object} Guest
 * @property {string} name
 * @property {"c" | "as" | "rust" | "wat" | "hex"} language
 * @property {string[]} sources C: files, or folders (with a slash at the end) for all in them. Rust: one file, and the crate it stands on. Else: one file
 * @property {string[]} [exports] C: functions to export besides those marked in the source
 * @property {string[]} [flags] for the compiler; in AssemblyScript instead of ours
 * @property {boolean} [debug] with what tells lines: DWARF in C, a source map in the module in AssemblyScript
 * @property {string} [with] AssemblyScript: the package of the compiler that a kit asks for
 */

const c = (/** @type {string[]} */ ...names) => names.map((name) => `conformance/c/${name}.c`);
const shared = c("memory", "operations", "text", "wasi");

const one = (/** @type {Guest["language"]} */ language, /** @type {string} */ source, /** @type {string} */ name) => ({ name, language, sources: [source] });
const asFlags = "-Oz --converge --noAssert --runtime minimal --transform ../transform.mjs --lib ../lib".split(" ");
const abis = ["plain", "packed", "extism", "wapc"];

const broken = `malloc-zero malloc-beyond free-trap result-beyond result-longest result-wrap start-trap
  two-abis no-abi missing-imports global-export wrong-signature`.split(/\s+/);

/** @type {Guest[]} */
export const guests = [
  // Every ABI in every language
  { name: "plain-c", language: "c", sources: c("plain") },
  { name: "packed-c", language: "c", sources: [...c("packed"), ...shared], exports: ["malloc", "free"] },
  { name: "extism-c", language: "c", sources: [...c("extism", "extism-blocks", "extism-http"), ...shared] },
  { name: "wapc-c", language: "c", sources: [...c("wapc"), ...shared] },
  ...abis.map((abi) => one("as", `conformance/as/${abi}.ts`, `${abi}-as`)),
  ...abis.map((abi) => one("wat", `conformance/wat/${abi}.wat`, `${abi}-wat`)),

  // One thing each
  one("wat", "conformance/wat/arena.wat", "arena-wat"),
  one("wat", "conformance/wat/limits.wat", "limits-wat"),
  one("c", "conformance/c/wapc-order.c", "wapc-order"),
  ...["extism-old", "extism-linked-main", "extism-linked-lib"].map((name) => one("wat", `conformance/wat/${name}.wat`, name)),

  // Which line broke off
  { name: "lines-c", language: "c", sources: c("lines", "memory"), exports: ["malloc", "free"], flags: ["-mbulk-memory"], debug: true },
  { name: "lines-as", language: "as", sources: ["conformance/as/lines.ts"], debug: true },

  // Broken, or not meant for us
  ...broken.map((name) => one("wat", `conformance/hostile/${name}.wat`, `hostile-${name}`)),
  one("wat", "conformance/hostile/turned.wat", "hostile-turned"),
  one("hex", "conformance/hostile/component.hex", "component"),
  ...["wasm-bindgen", "wasm-bindgen-raw", "go-js", "emscripten"].map((name) => one("wat", `conformance/foreign/${name}.wat`, `foreign-${name}`)),

  // Other people's kits, built as their own documents say, by the compiler that each asks for
  { name: "kit-extism-as", language: "as", sources: ["kits/extism-as/plugin.ts"], with: "assemblyscript-extism", flags: ["--use", "abort=plugin/myAbort"] },
  { name: "kit-wapc-as", language: "as", sources: ["kits/wapc-as/plugin.ts"], with: "assemblyscript-wapc", flags: ["--use", "abort=plugin/abort", "--optimize"] },
  { name: "kit-proxy-wasm-as", language: "as", sources: ["kits/proxy-wasm-as/filter.ts"], with: "assemblyscript-proxy-wasm", flags: ["--use", "abort=abort_proc_exit", "--optimize"] },

  // Written with our own kits: sdk/
  ...["slugify", "greeter"].flatMap((name) => /** @type {Guest[]} */ ([
    { name: `sdk-${name}-as`, language: "as", sources: [`sdk/assemblyscript/examples/${name}.ts`], flags: asFlags },
    { name: `sdk-${name}-c`, language: "c", sources: ["sdk/c/", `sdk/c/examples/${name}.c`], flags: ["-Isdk/c"] },
    { name: `sdk-${name}-rust`, language: "rust", sources: [`sdk/rust/examples/${name}.rs`, "sdk/rust/src/lib.rs"] },
  ])),

  // The shop's rules, as the playground's page compiles them: what is saved unchanged has the same digest
  { name: "shop-rules", language: "as", sources: ["../examples/shop/plugin/rules.ts"], flags: "--runtime minimal --optimizeLevel 1 --shrinkLevel 1 --noAssert --transform ../../../guests/sdk/assemblyscript/transform.mjs --lib ../../../guests/sdk/assemblyscript/lib".split(" ") },

  // For the bench
  { name: "kernels", language: "as", sources: ["kernels/kernels.ts"], flags: "-O3 --noAssert --runtime stub".split(" ") },

  // The flagship: validator/RULES.md
  { name: "validator", language: "c", sources: ["validator/", "sdk/c/"], flags: ["-Isdk/c"] },
];
