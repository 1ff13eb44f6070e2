import { IsopodError, isIsopodError } from "@isopod/core";

/** What the runtime itself threw at a call to a loaded worker. workerd has no classes for these, only words. */
export function blame(cause: unknown): IsopodError {
  if (isIsopodError(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message.includes("CompileError")) return new IsopodError("bad_module", `the engine does not accept the module: ${message}`, { cause });
  if (message.includes("limited to 32MiB")) return new IsopodError("bad_input", "the input does not fit into an RPC message, which holds 32 MiB: pass less at a time, or import the plugin statically", { cause });
  if (message.includes("global scope")) return new IsopodError("unsupported", "a loaded worker can be reached only while a request is served: load and call the plugin there", { cause });
  return new IsopodError("worker_lost", `the loaded worker did not answer: ${message}`, { cause });
}
