import type { Program, Unit } from "@isopod/core/spi";
import type { WorkerCode } from "./binding.ts";
import { KERNEL, SERVE } from "./bundle.js";
import type { LoadedEnv } from "./loaded/protocol.ts";

/** What `compile` makes of a module's bytes here: nothing yet, since workerd compiles them with the loaded worker. */
export class Uncompiled {
  readonly bytes: ArrayBuffer;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes.slice().buffer;
  }
}

/** The worker around one plugin. It can reach no network, and no binding of the application's. */
export function codeOf(program: Program, env: Omit<LoadedEnv, "program">): WorkerCode {
  const { main, modules: companions, ...rest } = program;
  const entries = Object.entries(companions);
  const units = [main, ...entries.map(([, unit]) => unit)];
  const wasm = units.map((unit, index) => [`plugin-${index}.wasm`, { wasm: bytesOf(unit) }] as const);
  return {
    // The oldest that any runtime with a Worker Loader knows.
    compatibilityDate: "2025-09-01",
    mainModule: "main.js",
    modules: { "main.js": mainModule(units.length), "serve.js": SERVE, "kernel.wasm": { wasm: kernel() }, ...Object.fromEntries(wasm) },
    env: { ...env, program: { ...rest, main: main.inspected, modules: entries.map(([name, { inspected }]) => [name, inspected]) } } satisfies LoadedEnv,
    globalOutbound: null,
  };
}

function mainModule(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `plugin${index}`);
  const imports = names.map((name, index) => `import ${name} from "./plugin-${index}.wasm";`);
  return `import { serve } from "./serve.js";\nimport kernel from "./kernel.wasm";\n${imports.join("\n")}\nexport default serve(kernel, [${names.join(", ")}]);\n`;
}

function bytesOf({ module }: Unit): ArrayBuffer {
  return (module as unknown as Uncompiled).bytes;
}

function kernel(): ArrayBuffer {
  return Uint8Array.from(atob(KERNEL), (character) => character.charCodeAt(0)).buffer;
}
