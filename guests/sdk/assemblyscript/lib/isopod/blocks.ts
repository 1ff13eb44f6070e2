// The carrier: blocks in the memory of the host's kernel, which a plugin reaches eight bytes at a time.
//
//   "hello" to the host:  alloc(5) = 32;  store_u8(32, 'h') … store_u8(36, 'o')
//   11 bytes from there:  load_u64(32), then load_u8(40), load_u8(41), load_u8(42)
import { checkUtf8 } from "./utf8";

/** The offset of a block; 0 is none, and holds no bytes. */
export type Block = u64;

@external("extism:host/env", "alloc") export declare function alloc(n: u64): Block;
@external("extism:host/env", "free") export declare function free(block: Block): void;
@external("extism:host/env", "length") export declare function length(block: Block): u64;
@external("extism:host/env", "load_u8") export declare function load_u8(at: u64): u8;
@external("extism:host/env", "load_u64") export declare function load_u64(at: u64): u64;
@external("extism:host/env", "store_u8") export declare function store_u8(at: u64, value: u8): void;
@external("extism:host/env", "store_u64") export declare function store_u64(at: u64, value: u64): void;
@external("extism:host/env", "config_get") export declare function config_get(key: Block): Block;
@external("extism:host/env", "log_trace") export declare function log_trace(text: Block): void;
@external("extism:host/env", "log_debug") export declare function log_debug(text: Block): void;
@external("extism:host/env", "log_info") export declare function log_info(text: Block): void;
@external("extism:host/env", "log_warn") export declare function log_warn(text: Block): void;
@external("extism:host/env", "log_error") export declare function log_error(text: Block): void;

/** A new block with these bytes of ours. */
export function blockAt(at: usize, n: usize): Block {
  const block = alloc(n);
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store_u64(block + i, load<u64>(at + i));
  for (; i < n; i++) store_u8(block + i, load<u8>(at + i));
  return block;
}

/** A new block with this text, as UTF-8, or these bytes. */
export function blockOf<T>(value: T): Block {
  if (value instanceof Uint8Array) return blockAt(value.dataStart, value.length);
  if (!isString<T>()) ERROR("what crosses to the host is a string or a Uint8Array");
  const text = changetype<string>(value);
  const n = String.UTF8.byteLength(text);
  const at = heap.alloc(n);
  // A lone surrogate becomes U+FFFD, as everywhere else in JavaScript.
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, at, false, String.UTF8.ErrorMode.REPLACE);
  const block = blockAt(at, n);
  heap.free(at);
  return block;
}

/** The text in a block, which is freed. @throws where it is not UTF-8 */
export function takeText(block: Block): string {
  const n = <usize>length(block);
  const at = heap.alloc(n);
  copyFrom(block, at, n);
  free(block);
  return textAt(at, n);
}

/** The bytes in a block, which is freed. */
export function takeBytes(block: Block): Uint8Array {
  const bytes = new Uint8Array(<i32>length(block));
  copyFrom(block, bytes.dataStart, bytes.length);
  free(block);
  return bytes;
}

/** Text from memory that `heap.alloc` gave and this frees. */
export function textAt(at: usize, n: usize): string {
  const right = checkUtf8(at, n);
  const text = right ? String.UTF8.decodeUnsafe(at, n) : "";
  heap.free(at);
  if (!right) throw new Error("the text is not UTF-8");
  return text;
}

function copyFrom(block: Block, at: usize, n: usize): void {
  let i: usize = 0;
  for (; n - i >= 8; i += 8) store<u64>(at + i, load_u64(block + i));
  for (; i < n; i++) store<u8>(at + i, load_u8(block + i));
}
