import { IsopodError } from "../errors.ts";

const encoder = /* @__PURE__ */ new TextEncoder();
/** Strict, and a byte order mark is a character like any other: the answer must be the same in every runtime. */
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of a string. Lone surrogates become U+FFFD, as everywhere on the web. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Encodes into `target` from its start; gives the bytes written. The caller made room: 3 bytes a UTF-16 unit suffice. */
export function encodeInto(text: string, target: Uint8Array): number {
  return encoder.encodeInto(text, target).written;
}

const lenient = /* @__PURE__ */ new TextDecoder();

/** Text for people (messages, logs): what is not UTF-8 becomes U+FFFD. */
export function decodeLossy(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

/**
 * Text of UTF-8 bytes.
 * @throws `invalid_utf8`
 */
export function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new IsopodError("invalid_utf8", "the plugin's output is not UTF-8: ask for it as bytes", { cause });
  }
}
