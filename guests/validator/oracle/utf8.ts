/** Undefined if the bytes are not valid UTF-8. The language's own decoder is strict about overlong forms and surrogates, and leaves a byte order mark in. */
export function decode(bytes: Uint8Array): string | undefined {
  let escaped = "";
  for (const byte of bytes) escaped += "%" + byte.toString(16).padStart(2, "0");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}

/** The length of a text in UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return length;
}

/** A text as it is after a way through UTF-8, which has no form for half a surrogate pair. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");
