/**
 * A guest that never returns, and counts in shared memory as long as it runs: a runtime may say that a thread has
 * ended while it goes on. It ends when it is told to, so that a thread that nobody can end is not left behind.
 *
 *     (module (import "host" "pulse" (memory 1 1 shared))
 *       (func (export "spin") (loop
 *         (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
 *         (br_if 0 (i32.eqz (i32.atomic.load (i32.const 4)))))))
 */
const PULSE_GUEST = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version
  0x01, 0x04, 0x01, 0x60, 0x00, 0x00, // type: () -> ()
  0x02, 0x10, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x05, 0x70, 0x75, 0x6c, 0x73, 0x65, 0x02, 0x03, 0x01, 0x01, // import
  0x03, 0x02, 0x01, 0x00, // one function
  0x07, 0x08, 0x01, 0x04, 0x73, 0x70, 0x69, 0x6e, 0x00, 0x00, // export
  0x0a, 0x19, 0x01, 0x17, 0x00, 0x03, 0x40, 0x41, 0x00, 0x41, 0x01, 0xfe, 0x1e, 0x02, 0x00, 0x1a, // body
  0x41, 0x04, 0xfe, 0x10, 0x02, 0x00, 0x45, 0x0d, 0x00, 0x0b, 0x0b,
]);

const COUNT = 0;
const LET_GO = 1;

/** On the thread that is to be lost. */
export async function beat(pulse: WebAssembly.Memory): Promise<void> {
  const { instance } = await WebAssembly.instantiate(PULSE_GUEST, { host: { pulse } });
  (instance.exports["spin"] as () => void)();
}

/** What may be posted to that thread; undefined where memory cannot be shared. */
export function makePulse(): WebAssembly.Memory | undefined {
  return typeof SharedArrayBuffer === "function" ? new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }) : undefined;
}

/** Kept when the guest runs. */
export async function beats({ buffer }: WebAssembly.Memory): Promise<void> {
  while (Atomics.load(new Int32Array(buffer), COUNT) === 0) await pause(5);
}

/**
 * True when the guest stops within three seconds: Deno means to end a thread after two. Half a second without a beat it must
 * be, as a busy machine may leave a thread without a turn for a while. It is let go in the end.
 */
export async function stops({ buffer }: WebAssembly.Memory): Promise<boolean> {
  const words = new Int32Array(buffer);
  let last = Atomics.load(words, COUNT);
  for (let tries = 0, still = 0; tries < 35; tries++) {
    await pause(100);
    const now = Atomics.load(words, COUNT);
    still = now === last ? still + 1 : 0;
    last = now;
    if (still === 5) return true;
  }
  Atomics.store(words, LET_GO, 1);
  return false;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
