import type { Foreign } from "./detect.ts";
import { isStarter } from "./exports.ts";
import type { Inspected } from "../wasm/types.ts";

/** An ABI that is known by its names, and not supported yet. */
interface Strange {
  readonly name: string;
  /** With its article: what a module of it is. */
  readonly what: string;
  /** Names of exports that no other ABI has. */
  readonly exports?: RegExp;
  /** `module.name` of imports that no other ABI has. */
  readonly imports?: RegExp;
}

const STRANGE: readonly Strange[] = [
  { name: "proxy-wasm", what: "a proxy-wasm filter", exports: /^proxy_abi_version_/, imports: /^env\.proxy_/ },
  { name: "http-wasm", what: "an http-wasm handler", imports: /^http_handler\./ },
  { name: "kube-scheduler", what: "a plugin of the Kubernetes scheduler", imports: /^k8s\.io\// },
  { name: "opa", what: "an OPA policy", exports: /^opa_(eval|json_parse|wasm_abi_version)/, imports: /^env\.opa_(abort|builtin\d)$/ },
  { name: "wasmbus", what: "a wasmCloud actor", imports: /^wasmbus\./ },
  { name: "component", what: "the core module of a component", exports: /^cabi_post_|^[\w-]+:[\w-]+\/[^#]+#/, imports: /^wasi:/ },
];

/** What toolchains export of programs, and nobody calls: `main` itself, and tools that rewrite a module. */
const MACHINERY = /^(main|__main_void|__main_argc_argv|asyncify_\w+|wasi_vfs_\w+)$/;

/** By what the module says so, as a reason for people. */
function evidence({ exports, imports }: Strange, inspected: Inspected): string | undefined {
  const exported = inspected.exports.find(({ name }) => exports?.test(name));
  if (exported) return `exports ${exported.name}`;
  const imported = inspected.imports.map(({ module, name }) => `${module}.${name}`).find((name) => imports?.test(name));
  return imported && `imports ${imported}`;
}

/** Recognises an ABI that is not supported yet, and a command: a program that runs once, by `_start`, and offers nothing to call. */
export function strange(inspected: Inspected): Foreign | undefined {
  for (const known of STRANGE) {
    const reason = evidence(known, inspected);
    if (reason) return { message: `this is ${known.what}, for it ${reason}: an ABI that is not supported yet`, details: { abi: known.name, reason } };
  }
  const functions = inspected.exports.filter(({ kind }) => kind === "function");
  if (!functions.some(({ name }) => name === "_start") || !functions.every((item) => isStarter(item) || MACHINERY.test(item.name))) return undefined;
  return { message: "this is a command, a program that runs once by _start, and commands are not supported yet: build a reactor, which exports functions", details: { abi: "command", reason: "exports _start and nothing to call" } };
}
