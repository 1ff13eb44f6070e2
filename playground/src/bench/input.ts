/** How the input is typed. What is sent is bytes in any case. */
export type Form = "text" | "json" | "hex";

/** Typed text as bytes, or what is wrong with it as a sentence. */
export function read(form: Form, text: string): Uint8Array | string {
  if (form === "hex") return readHex(text);
  if (form === "json") {
    try {
      JSON.parse(text);
    } catch (error) {
      return `This is not JSON: ${(error as Error).message}.`;
    }
  }
  return new TextEncoder().encode(text);
}

function readHex(text: string): Uint8Array | string {
  const digits = text.replace(/0x|[\s,:]/gi, "");
  const wrong = /[^0-9a-f]/i.exec(digits);
  if (wrong) return `“${wrong[0]}” is no hexadecimal digit.`;
  if (digits.length % 2 === 1) return "Half a byte is left over: two digits each.";
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** The text of bytes that are some, else undefined: the editor would change what it cannot show. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
