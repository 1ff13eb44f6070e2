/**
 * The guest that the probes run:
 *
 *     (module (import "host" "ask" (func $ask (result i32)))
 *       (func (export "run") (result i32) call $ask)
 *       (func (export "spin") (loop br 0)))
 */
export const PROBE_GUEST: Uint8Array<ArrayBuffer> = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version
  0x01, 0x08, 0x02, 0x60, 0x00, 0x01, 0x7f, 0x60, 0x00, 0x00, // types: () -> i32, () -> ()
  0x02, 0x0c, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x03, 0x61, 0x73, 0x6b, 0x00, 0x00, // import host.ask
  0x03, 0x03, 0x02, 0x00, 0x01, // two functions
  0x07, 0x0e, 0x02, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x01, 0x04, 0x73, 0x70, 0x69, 0x6e, 0x00, 0x02, // exports
  0x0a, 0x0e, 0x02, 0x04, 0x00, 0x10, 0x00, 0x0b, 0x07, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b, // bodies
]);

type Run = () => number;

interface Suspension {
  Suspending: new (fn: () => Promise<number>) => WebAssembly.ImportValue;
  promising(fn: unknown): () => Promise<number>;
}

const ANSWER = 42;

/** The guest calls a host function and this thread has its answer at once. */
export function callsNow(module: WebAssembly.Module): boolean {
  const { exports } = new WebAssembly.Instance(module, { host: { ask: () => ANSWER } });
  return (exports["run"] as Run)() === ANSWER;
}

/** The guest stands in the stack of an error made while it is on it. */
export function traces(module: WebAssembly.Module): boolean {
  return stackIn(module).includes("wasm-function");
}

/** With its place in the module, the call of `ask`. Which function that is in, Deno says of none. */
export function offsets(module: WebAssembly.Module): boolean {
  return /wasm-function\[\d+\]:0x3a\b/.test(stackIn(module));
}

function stackIn(module: WebAssembly.Module): string {
  let stack: string | undefined;
  const ask = (): number => {
    stack = new Error("here").stack;
    return ANSWER;
  };
  const { exports } = new WebAssembly.Instance(module, { host: { ask } });
  (exports["run"] as Run)();
  return stack ?? "";
}

/** The guest is suspended until a host function's promise is kept (JSPI). `ask` may be one that crosses a boundary. */
export async function suspends(module: WebAssembly.Module, ask: () => Promise<number> = later): Promise<boolean> {
  const { Suspending, promising } = WebAssembly as unknown as Suspension;
  const { exports } = new WebAssembly.Instance(module, { host: { ask: new Suspending(ask) } });
  return (await promising(exports["run"])()) === ANSWER;
}

/** Never returns. */
export function spin(module: WebAssembly.Module): void {
  const { exports } = new WebAssembly.Instance(module, { host: { ask: () => ANSWER } });
  (exports["spin"] as () => void)();
}

export const later = (): Promise<number> => new Promise((resolve) => setTimeout(resolve, 1, ANSWER));
