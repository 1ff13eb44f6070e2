// One call: its input, its output, and its error. What the transform generates stands on these.
import { Block, blockOf, textAt } from "./blocks";

@external("extism:host/env", "input_length") declare function input_length(): u64;
@external("extism:host/env", "input_load_u8") declare function input_load_u8(at: u64): u8;
@external("extism:host/env", "input_load_u64") declare function input_load_u64(at: u64): u64;
@external("extism:host/env", "output_set") declare function output_set(block: Block, n: u64): void;
@external("extism:host/env", "error_set") declare function error_set(block: Block): void;
@external("extism:host/env", "length") declare function length(block: Block): u64;

/** Leaves the operation; the transform puts a WebAssembly exception in its place. */
@external("isopod", "raise") declare function raise(): void;

export function inputText(): string {
  const n = <usize>input_length();
  const at = heap.alloc(n);
  copyInput(at, n);
  return textAt(at, n);
}

export function inputBytes(): Uint8Array {
  const bytes = new Uint8Array(<i32>input_length());
  copyInput(bytes.dataStart, bytes.length);
  return bytes;
}

export function output<T>(value: T): void {
  const block = blockOf(value);
  output_set(block, length(block));
}

/** Where every `throw` goes, with the message of the error. Nothing catches it before the host does. */
export function abort(message: string | null = null, _file: string | null = null, _line: u32 = 0, _column: u32 = 0): void {
  error_set(blockOf(message == null || message.length == 0 ? "the plugin threw an error without a message" : message));
  raise();
}

/** The minimal runtime collects when it is told to. */
export function finish(): void {
  if (ASC_RUNTIME == 1) __collect();
}

function copyInput(at: usize, n: usize): void {
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store<u64>(at + i, input_load_u64(i));
  for (; i < n; i++) store<u8>(at + i, input_load_u8(i));
}
