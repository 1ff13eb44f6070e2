import type { Abi, Host, HostOptions } from "@isopod/core";
import { makeHost, type Isolation, type Runtime } from "@isopod/core/spi";

/** Options of a host in a page. */
export interface BrowserHostOptions extends HostOptions {
  /** Default `worker`: a plugin that hangs or crashes then costs its own call only, and the page never stutters. */
  readonly isolation?: "worker" | "inline";
  /** Most Web Workers, each started when it is first needed. Default: one a core, at most 8. One more stands by where `limits.time` is named for a Module that was not hardened. */
  readonly workers?: number;
  /**
   * Milliseconds without a call after which a plugin's instances are let go, and workers end, all but one; at the latest
   * after twice as many. Default 30,000; Infinity is never.
   */
  readonly idle?: number;
  /**
   * Keeps what large modules (32 KiB and more) were rewritten to for their limits in the browser's storage, up to 64 MiB, so
   * that the next visit need not do it again. Scripts of the same origin can change what is kept: see SECURITY.md. Default false.
   */
  readonly cache?: boolean;
  /** Makes a worker of a script of yours, where your bundler cannot find ours, or for ABIs beyond the preset ones. */
  readonly worker?: () => Worker;
}

/** A host that has only what it is given. */
export interface LeanHostOptions extends HostOptions {
  /** ABIs to choose from. */
  readonly abis: readonly Abi[];
  /** The first is the default. */
  readonly isolations: readonly Isolation[];
  /** Recognises the output of toolchains that need JavaScript of their own. */
  readonly foreign?: Runtime["foreign"];
  /**
   * `inspect` of `@isopod/browser/lean`: reads binaries within bounds before they are compiled, and knows their types.
   * Without it the engine refuses what is no module, and an operation of the wrong type is found out by its first call.
   */
  readonly inspect?: Runtime["inspect"];
  /** `swapping` of `@isopod/browser/lean`: lets plugins be swapped, which is `unsupported` without it. */
  readonly swapping?: Runtime["swapping"];
  /**
   * `limits` of `@isopod/browser/lean`: holds plugins to their `limits`, which are refused without it, but for
   * `concurrency` and `queue`. The script of the workers then serves its ABIs `metered`. `debugging(limits)`, or `debugging()`,
   * lets `load` be asked to `debug` as well.
   */
  readonly limits?: Runtime["limits"];
}

/**
 * Makes a host in a page that holds what it is given, and refuses the rest in words.
 *
 * @example
 * const host = createHost({ abis: [packed()], isolations: [inlineHere()], inspect, limits });
 * @throws `invalid_option`
 */
export function createLeanHost(options: LeanHostOptions): Host {
  const { isolations: _1, foreign: _2, inspect: _3, limits: _4, swapping: _5, ...rest } = options;
  return makeHost({ ...options, open: (address) => fetch(address) }, rest);
}
