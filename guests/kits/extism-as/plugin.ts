// A plugin as the kit @extism/as-pdk has it written.
import { Config, Host, LogLevel, Memory, Var } from "@extism/as-pdk";
import { error_set } from "@extism/as-pdk/lib/env";

function myAbort(message: string | null, fileName: string | null, lineNumber: u32, columnNumber: u32): void {}

@external("extism:host/user", "reverse")
declare function reverse(offset: u64): u64;

@external("extism:host/env", "length")
declare function length(offset: u64): u64;

export function echo(): i32 {
  Host.output(Host.input());
  return 0;
}

export function upper(): i32 {
  const bytes = Host.input();
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] >= 0x61 && bytes[i] <= 0x7a) bytes[i] -= 0x20;
  }
  Host.output(bytes);
  return 0;
}

/** Counts in a variable, which outlives the instance. */
export function count(): i32 {
  const before = Var.getString("n");
  const after = ((before == null ? 0 : I32.parseInt(before)) + 1).toString();
  Var.set("n", Uint8Array.wrap(String.UTF8.encode(after)));
  Host.outputString(after);
  return 0;
}

export function config(): i32 {
  const value = Config.get(Host.inputString());
  Host.outputString(value == null ? "" : value);
  return 0;
}

export function log(): i32 {
  Host.log(LogLevel.Info, Host.inputString());
  return 0;
}

export function fail(): i32 {
  error_set(Memory.allocateBytes(Host.input()).offset);
  return 1;
}

/** `Host.outputMemory` sends back what a host function replied. */
export function host(): i32 {
  const reply = reverse(Memory.allocateBytes(Host.input()).offset);
  Host.outputMemory(new Memory(reply, length(reply)));
  return 0;
}
