import { type Form, read } from "../input.ts";
import { LANGUAGES, type LanguageId } from "../write/languages.ts";

/**
 * What a link carries: the call, and the plugin's source or the name of an example. Never a plugin's bytes: who opens a
 * link can read what it will run.
 */
export interface Shared {
  readonly op: string;
  readonly form: Form;
  readonly text: string;
  readonly example?: string;
  readonly code?: { readonly language: LanguageId; readonly text: string };
}

/** What it begins with; another number is another format. */
const VERSION = "#v1.";
/** Longest hash that is made or looked at, in characters, and what it may unpack to, in bytes. */
const MOST_HASH = 48 * 1024;
const MOST_BYTES = 192 * 1024;
const MOST_NAME = 200;

/** What is said of a link that was followed. */
export const SAID = {
  unknown: "This link names an example that is not here.",
  subject: "nothing has been compiled yet",
  waits: "Nothing has run yet",
  read: "This code came with the link. Read it, then press Run.",
} as const;

/**
 * @param shared undefined where the plugin is a file
 * @param sent what is sent, if that is anything: of a file that is no text, the beginning alone is typed
 * @throws with a few words where it cannot be in a link
 */
export async function toHash(shared: Shared | undefined, sent?: Uint8Array): Promise<string> {
  const typed = shared && read(shared.form, shared.text);
  if (!typed || (sent && (sent.length !== typed.length || sent.some((byte, i) => byte !== typed[i])))) throw new Error("A file cannot be linked to");
  const whole = new Blob([JSON.stringify(shared)]);
  const long = new Error("It is too long for a link");
  if (whole.size > MOST_BYTES || !checked(shared)) throw long;
  const packed = await collect(whole.stream().pipeThrough(new CompressionStream("deflate-raw")), 2 * MOST_BYTES);
  const hash = VERSION + btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (hash.length > MOST_HASH) throw long;
  return hash;
}

/**
 * Anybody can make a link, so nothing in it is believed: neither its length, nor what it unpacks to, nor its shape.
 *
 * @returns undefined where there is none
 * @throws with a sentence where it is none of ours, or broken
 */
export async function fromHash(hash: string): Promise<Shared | undefined> {
  if (!hash.startsWith("#v")) return undefined;
  if (!hash.startsWith(VERSION)) throw new Error("This link was made by another version of the workbench.");
  if (hash.length > MOST_HASH) throw new Error("This link is longer than any that the workbench makes.");
  let value: unknown;
  try {
    const bytes = Uint8Array.from(atob(hash.slice(VERSION.length).replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const text = await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")), MOST_BYTES);
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    throw new Error("This link is broken: a part of it may be missing.");
  }
  const shared = checked(value);
  if (!shared) throw new Error("This link does not say what the workbench understands.");
  return shared;
}

/** Only the fields that are known, and only if they are what they must be. */
function checked(value: unknown): Shared | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { op, form, text, example, code } = value as Record<string, unknown>;
  if (typeof op !== "string" || op.length > MOST_NAME || typeof text !== "string") return undefined;
  if (form !== "text" && form !== "json" && form !== "hex") return undefined;
  const call = { op, form, text } as const;
  if (typeof example === "string" && example.length <= MOST_NAME) return { ...call, example };
  if (typeof code !== "object" || code === null) return undefined;
  const { language, text: source } = code as Record<string, unknown>;
  const known = LANGUAGES.find(({ id }) => id === language);
  return known && typeof source === "string" ? { ...call, code: { language: known.id, text: source } } : undefined;
}

/** A few bytes can unpack to gigabytes: it stops as soon as there are too many. */
async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("too many bytes");
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
