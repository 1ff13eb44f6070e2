/** What a compiler's worker is asked, and what it answers; `id` tells answers apart. */
export interface Order {
  readonly id: number;
  readonly code: string;
  readonly files: Readonly<Record<string, string>>;
}

export type Compiled = { readonly id: number; readonly ms: number } & ({ readonly bytes: Uint8Array } | { readonly said: string });

/** A compiler: bytes, or what it says instead as text. */
export type Compile = (code: string, files: Readonly<Record<string, string>>) => Promise<Uint8Array | string>;

/** Said while a large compiler comes: bytes so far, and of how many as far as is known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Said once: a message that comes while a worker's script still awaits something is lost. */
export const READY = "ready";

/** Answers orders in the worker that this is called in. */
export function serveCompiler(compile: Compile): void {
  addEventListener("message", async ({ data: { id, code, files } }: MessageEvent<Order>) => {
    const from = performance.now();
    const result = await compile(code, files).catch((error: unknown) => String(error instanceof Error ? error.message : error));
    const ms = performance.now() - from;
    postMessage((typeof result === "string" ? { id, ms, said: result } : { id, ms, bytes: result }) satisfies Compiled);
  });
  postMessage(READY);
}
