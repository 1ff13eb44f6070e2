import { IsopodError } from "../errors.ts";
import { copyOf } from "../memory/bytes.ts";
import type { WasmModule } from "../wasm/engine.ts";

export type { WasmModule };

/** The part of a `Response` that is read. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Anything with an absolute address, such as a `URL`. */
export interface UrlLike {
  readonly href: string;
}

/**
 * Where a plugin comes from: its bytes, a compiled Module, a Response or a promise of one, a URL; a string is a URL
 * (in Node also a path).
 */
export type Source = ArrayBufferLike | ArrayBufferView | ResponseLike | UrlLike | string | WasmModule | PromiseLike<ArrayBufferLike | ArrayBufferView | ResponseLike | WasmModule>;

/** What there is to go on with: bytes that nobody else can change any more, or a Module. */
export type Taken = { readonly bytes: Uint8Array<ArrayBuffer>; readonly module?: never } | { readonly module: WasmModule; readonly bytes?: never };

/**
 * Takes the source. Bytes are copied before anything else, so that what is verified is what is compiled, whatever the
 * caller does to the buffer meanwhile.
 * @throws `bad_source`
 */
export async function read(source: Source, open: (address: string) => Promise<Uint8Array | ResponseLike>): Promise<Taken> {
  const given: unknown = await source;
  if (isModule(given)) return { module: given as WasmModule };
  if (ArrayBuffer.isView(given)) return { bytes: new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice() };
  if (given instanceof ArrayBuffer || (typeof SharedArrayBuffer === "function" && given instanceof SharedArrayBuffer)) return { bytes: new Uint8Array(given).slice() };
  if (isResponse(given)) return { bytes: await body(given) };
  const address = typeof given === "string" ? given : isUrl(given) ? given.href : undefined;
  if (address === undefined) throw new IsopodError("bad_source", "a plugin is loaded from bytes, a WebAssembly.Module, a Response or a URL");
  const opened = await opening(address, open);
  return { bytes: isResponse(opened) ? await body(opened) : copyOf(opened) };
}

async function opening(address: string, open: (address: string) => Promise<Uint8Array | ResponseLike>): Promise<Uint8Array | ResponseLike> {
  try {
    return await open(address);
  } catch (cause) {
    throw new IsopodError("bad_source", `${address} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function body(response: ResponseLike): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw new IsopodError("bad_source", `${response.url || "the response"} answered ${response.status}`, { details: { status: response.status } });
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new IsopodError("bad_source", `${response.url || "the response"} broke off`, { cause });
  }
}

function isModule(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
}

function isResponse(value: unknown): value is ResponseLike {
  return typeof value === "object" && value !== null && "arrayBuffer" in value && "ok" in value;
}

function isUrl(value: unknown): value is UrlLike {
  return typeof value === "object" && value !== null && typeof (value as { href?: unknown }).href === "string";
}
