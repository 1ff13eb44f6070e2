import type { Abi, Program } from "../abi/abi.ts";
import { Call } from "../contract/call.ts";
import { failure, isIsopodError } from "../errors.ts";
import { DEFAULTS } from "../limits/bounds.ts";
import { harden, type Policy } from "../wasm/harden/index.ts";
import type { Harden, Isolation, Place } from "./place.ts";

/** From so many bytes on, rewriting would hold up a page for more than about 10 ms, the first time that it is done there. */
export const LARGE = 32_768;

const NAME = "isopod:harden";

/** Errors that here would be the same, or that nobody waits for any more. */
const FINAL: readonly string[] = ["bad_module", "unsupported", "limit", "disposed"];

/** What workers serve beside the ABIs of plugins, so that all that ends a call ends this one, too. Its one operation takes a module. */
export function hardening(): Abi {
  return {
    name: NAME,
    match: () => undefined,
    operations: () => [],
    instantiate: ({ limits, config }) => {
      const call = ({ input }: Call): Uint8Array => harden(input as Uint8Array, limits!, config["digest"]);
      return { memory: undefined, call, begin: async () => {}, end: call };
    },
  };
}

/** Hardens small modules here and at once, and large ones in a worker, with the same result. */
export function hardenIn(workers: Isolation): Harden {
  return (bytes, policy, digest = "") => (bytes.length < LARGE ? harden(bytes, policy, digest) : there(workers, bytes, policy, digest));
}

async function there(workers: Isolation, bytes: Uint8Array, { memory, tables }: Policy, digest: string): Promise<Uint8Array> {
  const nothing = { module: {}, inspected: { form: "module", imports: [], exports: [], memories: [] } } as const;
  const program: Program = { abi: NAME, main: nothing, modules: {}, config: { digest }, state: "none", grants: {}, limits: { ...DEFAULTS, memory, tables } };
  let place: Place | undefined;
  try {
    place = await workers.place(program, { abi: hardening(), limits: { concurrency: 1, queue: 1 }, functions: new Map(), log: undefined });
    return (await place.run(new Call("harden", bytes))) as Uint8Array;
  } catch (error) {
    if (isIsopodError(error) && (FINAL.includes(error.code) || (place && error.code === "worker_lost"))) throw error; // what took a worker's memory would take this thread's
    // A script of the application's own that does not serve this, or no worker at all.
    return harden(bytes, { memory, tables }, digest);
  } finally {
    place?.dispose(failure("disposed", "the module is hardened"));
  }
}
