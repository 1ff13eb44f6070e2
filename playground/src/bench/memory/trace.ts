import { type Abi, extism, packed, plain, wapc } from "@isopod/browser";
import { callOf } from "../../../shared/once.mjs";
import { hostInPage } from "../../host.ts";
import { LENT } from "../berths/hosts.ts";
import type { Asked } from "../stage.ts";

export interface Range {
  readonly pointer: number;
  readonly length: number;
}

/** Memory as a call has left it, and where in it the data lay. */
export interface Trace {
  readonly abi: string;
  readonly memory: Uint8Array;
  /** Where a guest's data lies in somebody else's memory: Extism's kernel. */
  readonly foreign: boolean;
  readonly argument?: Range;
  readonly result?: Range;
}

type Instance = ReturnType<Abi["instantiate"]>;
type Memory = NonNullable<Instance["memory"]>;

/**
 * One call in the page, only to look at its memory: the ABIs are the usual ones, but hand out the instance that they
 * make. What is written into its memory is compared with the argument; `borrow` shows the result where it lies.
 *
 * @returns undefined where a plugin has no memory of its own to show
 */
export async function trace({ plugin: bytes, op, input }: Asked): Promise<Trace | undefined> {
  let instance: Instance | undefined;
  const handing = (abi: Abi): Abi => ({ ...abi, instantiate: (program, services) => (instance = abi.instantiate(program, services)) });
  const host = hostInPage([extism(), wapc(), packed(), plain()].map(handing));
  try {
    const plugin = await host.load(bytes, { functions: LENT });
    const { abi } = plugin.info;
    const memory = instance?.memory;
    if (!memory) return undefined;
    const seen = watch(memory, input);
    let result: Range | undefined;
    let kernel: Uint8Array | undefined;
    let own: Uint8Array | undefined;
    const look = (view: Uint8Array): void => {
      // Before the guest's `free` writes its lists where the data was.
      own = memory.u8.slice();
      const mine = view.buffer === memory.memory.buffer;
      if (!mine && abi === "extism") kernel = new Uint8Array(view.buffer).slice();
      if (mine || kernel) result = { pointer: view.byteOffset, length: view.length };
    };
    // A guest that breaks off leaves its argument behind all the same.
    await (abi === "plain" ? callOf(plugin, op, input)() : plugin.call(op, input, { borrow: look })).catch(() => {});
    result ??= seen.read;
    if (kernel) return { abi, memory: kernel, foreign: true, ...(result && { result }) };
    return { abi, memory: own ?? memory.u8.slice(), foreign: false, ...(seen.argument && { argument: seen.argument }), ...(result && { result }) };
  } finally {
    await host.dispose();
  }
}

/**
 * Sees the host write the argument, and copy the result where it does: views of this one memory tell.
 * Where core comes to read and write otherwise, nothing is seen, and so nothing is marked.
 */
function watch(memory: Memory, input: Uint8Array): { argument?: Range; read?: Range } {
  const seen: { argument?: Range; read?: Range } = {};
  const getter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(memory) as object, "u8")?.get;
  if (!getter) return seen;
  const same = (data: ArrayLike<number>) => data.length === input.length && input.length > 0 && input.every((byte, i) => byte === data[i]);
  Object.defineProperty(memory, "u8", {
    get() {
      const view = getter.call(memory) as Uint8Array;
      if (Object.hasOwn(view, "set")) return view;
      const { set, slice } = Uint8Array.prototype;
      return Object.defineProperties(view, {
        set: {
          value(data: ArrayLike<number>, at = 0) {
            if (!seen.argument && same(data)) seen.argument = { pointer: at, length: data.length };
            set.call(view, data, at);
          },
        },
        slice: {
          value(start = 0, end = view.length) {
            // All of it is what we copy ourselves.
            if (end - start < view.length) seen.read = { pointer: start, length: end - start };
            return slice.call(view, start, end);
          },
        },
      });
    },
  });
  return seen;
}
