// The C compiler is some hundred megabytes unpacked. It comes once, and is kept by the browser until another version comes.
// It must be the first import of the worker, as the compiler keeps the `fetch` that it finds.

const CACHE = "isopod-clang";
const { fetch } = globalThis;

let told: (done: number, total: number) => void = () => {};
let done = 0;
let total = 0;

/** @param listen bytes that have come, and of how many as far as is known */
export function onProgress(listen: (done: number, total: number) => void): void {
  told = listen;
}

globalThis.fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input);
  if (!/llvm[^/]*\.(?:wasm|tar)$/.test(url)) return fetch(input, init);
  // The names of built files have a digest of what is in them, so what is kept under a name is never old.
  const cache = await caches.open(CACHE).catch(() => undefined);
  const kept = await cache?.match(url).catch(() => undefined);
  if (kept) return kept;
  if (cache) await forget(cache, url);
  const response = await fetch(url, init);
  if (!response.ok || !response.body) return response;
  total += Number(response.headers.get("content-length") ?? 0);
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        told((done += chunk.length), total);
        controller.enqueue(chunk);
      },
    }),
  );
  const whole = new Response(counted, { headers: { "content-type": url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } });
  // A full disk, or a private window, is no reason not to compile.
  void cache?.put(url, whole.clone()).catch(() => {});
  return whole;
};

/** Versions of the same file that nobody will ask for again. */
async function forget(cache: Cache, url: string): Promise<void> {
  const file = (address: string) => address.replace(/-[^-/]*(?=\.\w+$)/, "");
  for (const request of await cache.keys().catch(() => [])) if (file(request.url) === file(url)) await cache.delete(request).catch(() => false);
}
