import { describe, expect, test } from "vitest";
import { inspectCoreModule } from "../wasm/core-module.ts";
import type { Export, Import, Inspected } from "../wasm/types.ts";
import type { Abi, Match } from "./abi.ts";
import { detect, type Foreign } from "./detect.ts";
import { foreign } from "./foreign.ts";

const inspected = (over: Partial<Inspected> = {}): Inspected => ({ form: "module", imports: [], exports: [], memories: [], ...over });
/** Each as "module name". */
const imports = (...names: string[]): Import[] => names.map((both) => ({ module: both.split(" ")[0]!, name: both.split(" ")[1]!, kind: "function" }));
const exports = (...names: string[]): Export[] => names.map((name) => ({ name, kind: "function" }));

/** An ABI that answers with this rank, whatever it sees. */
const abi = (name: string, rank?: Match["rank"]): Abi =>
  ({ name, match: () => (rank === undefined ? undefined : { rank, reason: `because of ${name}` }), operations: () => [], instantiate: () => expect.unreachable() }) as Abi;

const abroad = (): Foreign => ({ message: "this is Cobol: build it with less", details: { toolchain: "Cobol" } });
const chosen = (...abis: Abi[]): string => detect(inspected(), abis).abi.name;
const refusal = (code: string, ...texts: string[]): unknown => expect.objectContaining({ code, message: expect.stringMatching(new RegExp(texts.join(".*"), "s")) as unknown });

describe("the match that says most", () => {
  test.each([
    ["a", [abi("a", 0)]],
    ["b", [abi("a", 0), abi("b", 1)]],
    ["b", [abi("b", 1), abi("a", 0)]],
    ["c", [abi("a", 2), abi("c", 3), abi("b", 1)]],
    ["a", [abi("x"), abi("a", 0), abi("y")]],
    ["c", [abi("a", 1), abi("b", 1), abi("c", 2)]],
  ])("%s", (name, abis) => {
    expect(chosen(...abis)).toBe(name);
  });

  test("tells its reason", () => {
    expect(detect(inspected(), [abi("a", 0), abi("b", 2)])).toMatchObject({ reason: "because of b" });
  });
});

describe("no answer", () => {
  test.each([0, 1, 2, 3] as const)("two matches of rank %i: both are named, with their reasons", (rank) => {
    const abis = [abi("a", rank), abi("weaker"), abi("b", rank)];
    expect(() => detect(inspected(), abis)).toThrow(refusal("abi_ambiguous", "a \\(because of a\\), b \\(because of b\\)"));
    const candidates = [{ abi: "a", reason: "because of a" }, { abi: "b", reason: "because of b" }];
    expect(() => detect(inspected(), abis)).toThrow(expect.objectContaining({ details: { candidates } }));
  });

  test("none at all: what was tried, and what the module is like", () => {
    const module = inspected({ imports: imports("m f", "n g"), exports: exports("run") });
    expect(() => detect(module, [abi("a"), abi("b")])).toThrow(refusal("abi_unknown", "a, b", "run"));
    expect(() => detect(module, [abi("a"), abi("b")])).toThrow(expect.objectContaining({ details: { tried: ["a", "b"] } }));
    expect(() => detect(inspected(), [abi("a")])).toThrow(refusal("abi_unknown", "a"));
    expect(() => detect(inspected(), [])).toThrow(refusal("abi_unknown"));
  });

  test("a module of many names is not listed at length", () => {
    const module = inspected({ imports: imports(...Array.from({ length: 10_000 }, (_, n) => `m${n} f`)), exports: exports(...Array.from({ length: 50_000 }, (_, n) => `e${n}`)) });
    expect(() => detect(module, [abi("a")])).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,200}$/) as unknown }));
  });

  test("a component, before anybody asks which ABI it is of", () => {
    expect(() => inspectCoreModule(new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]))).toThrow(refusal("unsupported", "component"));
  });
});

describe("an ABI that was asked for", () => {
  test("is taken, whatever matches, and whoever built the module", () => {
    expect(detect(inspected(), [abi("a", 3), abi("b")], "b", abroad)).toMatchObject({ abi: { name: "b" }, reason: expect.stringMatching(/./) as unknown });
  });

  test.each(["c", "", "A", "__proto__", "constructor"])("%j is none of these", (wanted) => {
    expect(() => detect(inspected(), [abi("a", 3), abi("b")], wanted)).toThrow(refusal("abi_unknown", "a, b"));
  });
});

describe("another toolchain's module", () => {
  test.each([[], [abi("a", 0)], [abi("a", 1)], [abi("a", 1), abi("b", 1)]])("is refused with advice, unless the module names its ABI itself", (...abis) => {
    expect(() => detect(inspected(), abis as Abi[], undefined, abroad)).toThrow(refusal("unsupported", "Cobol", "build it with less"));
    expect(detect(inspected(), [...(abis as Abi[]), abi("certain", 2)], undefined, abroad).abi.name).toBe("certain");
  });

  test.each<[string, string | undefined, Partial<Inspected>]>([
    ["wasm-bindgen for bundlers", "wasm-bindgen", { imports: imports("./x_bg.js __wbg_log") }],
    ["wasm-bindgen for the web", "wasm-bindgen", { imports: imports("wbg __wbg_log") }],
    ["wasm-bindgen before its tool", "wasm-bindgen", { imports: imports("__wbindgen_placeholder__ x") }],
    ["wasm-bindgen by its exports", "wasm-bindgen", { exports: exports("__wbindgen_malloc") }],
    ["Go", "Go's js/wasm port", { imports: imports("gojs runtime.wasmExit") }],
    ["older Go", "Go's js/wasm port", { imports: imports("go runtime.wasmExit") }],
    ["TinyGo for the web", "Go's js/wasm port", { imports: imports("env syscall/js.valueGet") }],
    ["an addon of Node's", "Node-API", { imports: imports("env napi_create_function"), exports: exports("napi_register_module_v1") }],
    ["Emscripten", "Emscripten", { imports: imports("env emscripten_memcpy_js") }],
    ["Emscripten with exceptions", "Emscripten", { imports: imports("env invoke_vii") }],
    ["Emscripten with files", "Emscripten", { imports: imports("env __syscall_openat") }],
    ["Emscripten, names made short", "Emscripten", { imports: imports("a a", "a b", "a ab") }],
    ["Emscripten standing alone", undefined, { imports: imports("env emscripten_notify_memory_growth", "wasi_snapshot_preview1 proc_exit") }],
    ["a plugin with functions of its own", undefined, { imports: imports("env invoke", "env log", "a long_name") }],
    ["nothing", undefined, {}],
    ["names like a trap", undefined, { imports: imports("__proto__ constructor"), exports: exports("__proto__") }],
  ])("%s → %s", (_name, toolchain, module) => {
    expect(foreign(inspected(module))?.details["toolchain"]).toBe(toolchain);
  });
});

describe("an ABI that is not supported yet", () => {
  test.each<[string, string | undefined, Partial<Inspected>]>([
    ["proxy-wasm by its exports", "proxy-wasm", { exports: exports("proxy_abi_version_0_2_0", "malloc", "_start") }],
    ["proxy-wasm by its imports", "proxy-wasm", { imports: imports("env proxy_log", "wasi_snapshot_preview1 fd_write") }],
    ["http-wasm", "http-wasm", { imports: imports("http_handler get_config"), exports: exports("handle_request", "handle_response") }],
    ["the Kubernetes scheduler", "kube-scheduler", { imports: imports("k8s.io/api pod"), exports: exports("filter") }],
    ["OPA", "opa", { imports: imports("env opa_builtin0"), exports: exports("eval") }],
    ["OPA without builtins", "opa", { exports: exports("opa_eval_ctx_new", "opa_json_parse") }],
    ["wasmCloud", "wasmbus", { imports: imports("wasmbus __host_call") }],
    ["a WASI command", "command", { imports: imports("wasi_snapshot_preview1 proc_exit"), exports: [...exports("_start"), { name: "memory", kind: "memory" }] }],
    ["a component's inside, by its imports", "component", { imports: imports("wasi:cli/environment@0.2.3 get-environment") }],
    ["a component's inside, by an interface", "component", { exports: exports("cabi_realloc", "local:wasm-tools/tools#parse") }],
    ["a component's inside, by a function", "component", { exports: exports("generate", "cabi_post_generate") }],
    ["a command with what its tools export", "command", { exports: exports("_start", "main", "asyncify_get_state", "wasi_vfs_pack_fs") }],
    ["a reactor with what its tools export", undefined, { exports: exports("_initialize", "asyncify_get_state") }],
    ["a plugin with a canonical allocator and functions under a name of its own", undefined, { imports: imports("acme:app/host log"), exports: exports("cabi_realloc", "run") }],
    ["an older toolchain's plugin", undefined, { exports: exports("_start", "run") }],
    ["a reactor of nothing", undefined, { exports: exports("_initialize") }],
    ["a plugin with names alike", undefined, { imports: imports("env proxy", "opa opa_abort"), exports: exports("opa_value") }],
  ])("%s", (_name, abi, module) => {
    expect(foreign(inspected(module))?.details["abi"]).toBe(abi);
  });

  test("says in a sentence what it is, and by what that is known", () => {
    expect(foreign(inspected({ exports: exports("proxy_abi_version_0_1_0") }))).toEqual({
      message: "this is a proxy-wasm filter, for it exports proxy_abi_version_0_1_0: an ABI that is not supported yet",
      details: { abi: "proxy-wasm", reason: "exports proxy_abi_version_0_1_0" },
    });
    expect(foreign(inspected({ imports: imports("env opa_abort") }))?.details["reason"]).toBe("imports env.opa_abort");
  });
});
