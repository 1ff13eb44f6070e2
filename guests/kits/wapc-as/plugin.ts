// A plugin as the kit @wapc/as-guest has it written.
import { consoleLog, handleAbort, handleCall, hostCall, register, Result } from "@wapc/as-guest";

register("echo", function (payload: ArrayBuffer): Result<ArrayBuffer> {
  return Result.ok(payload);
});

register("upper", function (payload: ArrayBuffer): Result<ArrayBuffer> {
  const bytes = Uint8Array.wrap(payload);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] >= 0x61 && bytes[i] <= 0x7a) bytes[i] -= 0x20;
  }
  return Result.ok(payload);
});

register("fail", function (payload: ArrayBuffer): Result<ArrayBuffer> {
  return Result.error<ArrayBuffer>(new Error(String.UTF8.decode(payload)));
});

register("host", function (payload: ArrayBuffer): Result<ArrayBuffer> {
  return hostCall("b", "test", "reverse", payload);
});

register("log", function (payload: ArrayBuffer): Result<ArrayBuffer> {
  consoleLog(String.UTF8.decode(payload));
  return Result.ok(payload);
});

// This must be present in the entry file. Do not remove.

export function __guest_call(operation_size: usize, payload_size: usize): bool {
  return handleCall(operation_size, payload_size);
}

function abort(message: string | null, fileName: string | null, lineNumber: u32, columnNumber: u32): void {
  handleAbort(message, fileName, lineNumber, columnNumber);
}
