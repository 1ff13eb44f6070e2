/** What an adapter supplies to make a host of its runtime. Everything else is core's. */
import type { Abi } from "./abi/abi.ts";
import type { Foreign } from "./abi/detect.ts";
import type { Isolation } from "./isolate/place.ts";
import type { HostOptions, LoadOptions, Rule } from "./options.ts";
import type { Swapping } from "./swap.ts";
import type { Inspected } from "./wasm/types.ts";
import type { ResponseLike } from "./source/read.ts";

export interface Runtime {
  /** ABIs to choose from, unless the application names its own. */
  readonly abis: readonly Abi[];
  /** Ways to isolate, the default first. */
  readonly isolations: readonly Isolation[];
  /** Chooses among them where the form of the source decides it, as on the edge. */
  choose?(form: "bytes" | "module"): string | undefined;
  /** Recognises what does not run here, so that the error can say what it is and what to do. */
  foreign?(inspected: Inspected): Foreign | undefined;
  /** Reads a binary before it is compiled. Without it the engine is asked afterwards, which knows names, but no types. */
  inspect?(bytes: Uint8Array): Inspected;
  /** Holds plugins to their limits. Without it only `concurrency` and `queue` can be limited. */
  readonly limits?: Limiting | undefined;
  /** Lets plugins be swapped: `hotSwap`. */
  swapping?: Swapping | undefined;
  /** Reads what a string or URL names. Its failures become `bad_source`. */
  open(address: string): Promise<Uint8Array | ResponseLike>;
}

/** What holds plugins to limits; `limits` is the one there is. */
export interface Limiting {
  /** What each limit must be. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** What the options of `load` must be, where there are more than `LOAD_OPTIONS`. */
  readonly options?: Readonly<Record<string, Rule>>;
  /**
   * An isolation for one plugin, which hardens what it compiles and holds what it places.
   *
   * @param source where the plugin comes from: its address, if it has one, is told in the audit
   */
  hold(isolation: Isolation, source: unknown, wanted: LoadOptions, options: HostOptions): Isolation;
}
