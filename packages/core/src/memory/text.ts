import { failure } from "../errors.ts";

const encoder = /* @__PURE__ */ new TextEncoder();
/** Strict, and a byte order mark is a character like any other: the answer must be the same in every runtime. */
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = /* @__PURE__ */ new TextDecoder();

/** Up to here a loop over ASCII is done before the engine's own coder has been entered (measured: 50 ns each way). */
const SHORT = 16;
const ASCII = 0x7f;

/** UTF-8 of a string. Lone surrogates become U+FFFD, as everywhere on the web. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Encodes to `target` from `at`; gives the bytes written. The caller made room: 3 bytes a UTF-16 unit suffice. */
export function encodeInto(text: string, target: Uint8Array, at: number): number {
  const { length } = text;
  if (length <= SHORT) {
    let index = 0;
    for (; index < length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > ASCII) break;
      target[at + index] = unit;
    }
    if (index === length) return length;
  }
  return encoder.encodeInto(text, target.subarray(at, at + length * 3)).written;
}

/**
 * Text of the UTF-8 bytes `[start, end)`.
 * @throws `invalid_utf8`
 */
export function decode(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return (end - start <= SHORT ? decodeAscii(bytes, start, end) : undefined) ?? decodeUtf8(bytes.subarray(start, end));
}

/** Text for people (messages, logs): what is not UTF-8 becomes U+FFFD. */
export function decodeLossy(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/** Eight bytes a step; undefined where one of them is not ASCII. */
function decodeAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = "";
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const a = bytes[at]!, b = bytes[at + 1]!, c = bytes[at + 2]!, d = bytes[at + 3]!;
    const e = bytes[at + 4]!, f = bytes[at + 5]!, g = bytes[at + 6]!, h = bytes[at + 7]!;
    if ((a | b | c | d | e | f | g | h) > ASCII) return undefined;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte > ASCII) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw failure("invalid_utf8", "the output is not UTF-8: ask for bytes", undefined, cause);
  }
}
