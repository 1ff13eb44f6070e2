import type { Foreign } from "./detect.ts";
import { isStarter } from "./exports.ts";
import type { Inspected } from "../wasm/types.ts";

/** An ABI that is known by its names, and not supported yet. */
interface Strange {
  readonly name: string;
  /** With its article: what a module of it is. */
  readonly what: string;
  readonly is: (inspected: Inspected) => boolean;
}

const exportsOne = ({ exports }: Inspected, names: RegExp): boolean => exports.some(({ name }) => names.test(name));
const importsFrom = ({ imports }: Inspected, modules: RegExp): boolean => imports.some(({ module }) => modules.test(module));
const importsOfEnv = ({ imports }: Inspected, names: RegExp): boolean => imports.some(({ module, name }) => module === "env" && names.test(name));

const STRANGE: readonly Strange[] = [
  { name: "proxy-wasm", what: "a proxy-wasm filter", is: (it) => exportsOne(it, /^proxy_abi_version_/) || importsOfEnv(it, /^proxy_/) },
  { name: "http-wasm", what: "an http-wasm handler", is: (it) => importsFrom(it, /^http_handler$/) },
  { name: "kube-scheduler", what: "a plugin of the Kubernetes scheduler", is: (it) => importsFrom(it, /^k8s\.io\//) },
  { name: "opa", what: "an OPA policy", is: (it) => exportsOne(it, /^opa_(eval|json_parse|wasm_abi_version)/) || importsOfEnv(it, /^opa_(abort|builtin\d)$/) },
  { name: "wasmbus", what: "a wasmCloud actor", is: (it) => importsFrom(it, /^wasmbus$/) },
];

/** Recognises an ABI that is not supported yet, and a command: a program that runs once, by `_start`, and offers nothing to call. */
export function strange(inspected: Inspected): Foreign | undefined {
  const found = STRANGE.find(({ is }) => is(inspected));
  if (found) return { message: `this is ${found.what}, an ABI that is not supported yet`, details: { abi: found.name } };
  const functions = inspected.exports.filter(({ kind }) => kind === "function");
  if (!functions.some(({ name }) => name === "_start") || !functions.every(isStarter)) return undefined;
  return { message: "this is a command, a program that runs once by _start, and commands are not supported yet: build a reactor, which exports functions", details: { abi: "command" } };
}
