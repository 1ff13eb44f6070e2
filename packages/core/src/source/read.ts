import { failure, wordsOf } from "../errors.ts";
import { bytesOf } from "../memory/bytes.ts";
import { tagOf, type WasmModule } from "../wasm/engine.ts";

export type { WasmModule };

/** The part of a `Response` that is read. */
export interface ResponseLike {
  /** Otherwise it is `bad_source`. */
  readonly ok: boolean;
  readonly status: number;
  /** For messages; may be empty. */
  readonly url: string;
  /** Its body, read whole. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Anything with an absolute address, such as a `URL`. */
export interface UrlLike {
  /** @example "https://example.com/slugify.wasm" */
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
  // Only a promise is waited for: what is here already is copied before the caller can go on.
  const waits = typeof (source as { then?: unknown } | null)?.then === "function";
  const given: unknown = waits ? await attempt("the source", async () => (await source) as never) : source;
  if (tagOf(given) === "WebAssembly.Module") return { module: given as WasmModule };
  const address = typeof given === "string" ? given : (given as Partial<UrlLike> | null | undefined)?.href;
  const opened: unknown = typeof address === "string" ? await attempt(address, () => open(address)) : given;
  const bytes = typeof (opened as Partial<ResponseLike> | null | undefined)?.ok === "boolean" ? await body(opened as ResponseLike) : await attempt("the source", async () => bytesOf(opened)?.slice());
  if (!bytes) throw failure("bad_source", "a plugin comes from bytes, a Module, a Response or a URL");
  return { bytes };
}

async function attempt<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw failure("bad_source", `${what} could not be read: ${wordsOf(cause)}`, undefined, cause);
  }
}

async function body(response: ResponseLike): Promise<Uint8Array<ArrayBuffer>> {
  const { ok, status, url } = response;
  const what = url || "the response";
  if (!ok) throw failure("bad_source", `${what} answered ${status}`, { status });
  return new Uint8Array(await attempt(what, () => response.arrayBuffer()));
}
