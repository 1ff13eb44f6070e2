import type { Host, HostOptions } from "@isopod/core";
import { everyAbi, foreign, hotSwap, importFunctions, inline, inspectCoreModule, keep, makeHost, Polling, type Isolation, type Limiting } from "@isopod/core/spi";
import kernel from "#kernel";

/** @param loaded where bytes are compiled, if they can be */
export function makeEdgeHost(options: HostOptions, limits: Limiting, loaded?: Isolation): Host {
  const here = { ...inline(() => new Polling(), importFunctions, keep({ timer: false })), name: "static" };
  return makeHost(
    {
      abis: everyAbi(kernel),
      foreign,
      inspect: inspectCoreModule,
      limits,
      swapping: hotSwap(() => new Polling()),
      isolations: loaded ? [here, loaded] : [here],
      choose: (form) => (form === "bytes" ? loaded?.name : undefined),
      open: (address) => fetch(address),
    },
    options,
  );
}
