import type { Foreign } from "./detect.ts";
import type { Inspected } from "../wasm/types.ts";
import { strange } from "./strange.ts";

interface Toolchain {
  readonly toolchain: string;
  readonly is: (inspected: Inspected) => boolean;
  readonly advice: string;
}

const TOOLCHAINS: readonly Toolchain[] = [
  {
    toolchain: "wasm-bindgen",
    is: ({ imports, exports }) => imports.some(({ module }) => module === "wbg" || module.startsWith("__wbindgen_") || module.endsWith("_bg.js")) || exports.some(({ name }) => name.startsWith("__wbindgen_")),
    advice: "build the Rust crate without wasm-bindgen, for wasm32-wasip1 or wasm32-unknown-unknown, and export the functions of a plugin ABI",
  },
  {
    toolchain: "Go's js/wasm port",
    is: ({ imports }) => imports.some(({ module, name }) => module === "gojs" || module === "go" || name.startsWith("syscall/js.")),
    advice: "build it with GOOS=wasip1 (and -buildmode=c-shared), or with TinyGo",
  },
  {
    toolchain: "Node-API",
    is: ({ imports }) => imports.some(({ module, name }) => /^(env|napi)$/.test(module) && name.startsWith("napi_")),
    advice: "it is an addon for Node, by napi-rs or emnapi: build the library without it, and export the functions of a plugin ABI",
  },
  {
    toolchain: "Emscripten",
    is: ({ imports }) =>
      imports.some(({ module, name }) => module === "env" && /^(_?emscripten_(?!notify_memory_growth)|invoke_[a-z]+$|__cxa_throw$|_embind_|__syscall_)/.test(name)) ||
      (imports.length > 0 && imports.every(({ module, name }) => module === "a" && name.length <= 2)),
    advice: "link it with -sSTANDALONE_WASM --no-entry, so that it needs none",
  },
];

/** Recognises a module that expects a toolchain's own JavaScript around it, or is of an ABI that does not run here yet. */
export function foreign(inspected: Inspected): Foreign | undefined {
  const found = TOOLCHAINS.find(({ is }) => is(inspected));
  if (!found) return strange(inspected);
  const { toolchain, advice } = found;
  return { message: `this needs the JavaScript of ${toolchain}: ${advice}`, details: { toolchain } };
}
