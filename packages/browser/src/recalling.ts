import type { Host, LoadOptions } from "@isopod/core";
import { boundsOf, inspectCoreModule, LARGE, limits, rewrites, type Harden, type Isolation, type Limiting } from "@isopod/core/spi";
import type { Inspected, Shelf } from "./shelf.ts";

/** Of a Module that was hardened on an earlier visit: what the plugin was before. */
interface Recalled {
  readonly address: string;
  readonly inspected: Inspected;
}

/**
 * Lets a host find again what was hardened on an earlier visit. Where `integrity` says what an address must have, the
 * plugin is not even fetched: what counts is what it is, not where it lies.
 *
 * @param make the host, given what hardens its plugins and what holds them to limits
 */
export function recalling(shelf: Shelf, rewrite: Harden, make: (harden: Harden, limits: Limiting) => Host): Host {
  const known = new WeakMap<object, Recalled>();
  const host = make(keeping(shelf, rewrite), {
    ...limits,
    hold: (isolation, source, wanted, options) => {
      const recalled = known.get(source as object);
      const holding = limits.hold(isolation, recalled?.address ?? source, wanted, options);
      return recalled ? telling(holding, (module) => known.get(module)?.inspected) : holding;
    },
  });

  const recall = async (address: string, { integrity = "", limits: wanted, debug = false }: LoadOptions): Promise<object | undefined> => {
    try {
      // Lines are found by the module as it was.
      if (debug !== false) return undefined;
      const bounds = boundsOf(wanted);
      if (!rewrites(bounds)) return undefined;
      // More than one digest, or one of another kind, is for `load` to judge.
      if (!/^sha256-[A-Za-z0-9+/]{43}=$/.test(integrity)) return undefined;
      const found = await shelf.module(integrity, bounds);
      if (found) known.set(found.module, { address, inspected: found.inspected });
      return found?.module;
    } catch {
      return undefined; // `load` says what is wrong
    }
  };

  return {
    ...host,
    load: async (source, options = {}) => {
      const address = typeof source === "string" ? source : (source as Partial<URL> | null)?.href;
      const module = typeof address === "string" ? await recall(address, options) : undefined;
      return module ? host.load(module, { ...options, integrity: undefined }) : host.load(source, options);
    },
  };
}

/** Rewrites what is large once, and from then on finds it. */
function keeping(shelf: Shelf, rewrite: Harden): Harden {
  return async (bytes, policy, digest) => {
    if (bytes.length < LARGE || !digest) return rewrite(bytes, policy, digest);
    const found = await shelf.bytes(digest, policy);
    if (found) return found;
    const hardened = await rewrite(bytes, policy, digest);
    void shelf.keep(digest, policy, hardened, inspectCoreModule(bytes));
    return hardened;
  };
}

/** An isolation that knows more of a Module than the Module does. */
function telling(holding: Isolation, more: (module: object) => Inspected | undefined): Isolation {
  return {
    name: holding.name,
    get limits() {
      return holding.limits;
    },
    inspect: (module, size) => {
      const bare = holding.inspect!(module, size); // it notes what the Module was hardened to
      return more(module) ?? bare;
    },
    compile: (bytes) => holding.compile(bytes),
    place: (program, setup) => holding.place(program, setup),
    dispose: (error) => holding.dispose(error),
  };
}
