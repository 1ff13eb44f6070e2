import { readFile } from "node:fs/promises";
import { createHost, type Plugin } from "@isopod/node";
import { attack, LIMITS, type Op, type Outcome } from "../../shared/hostile.ts";
import { Turns } from "../berths/turns.ts";

const lent = new URL("../../public/lent.js", import.meta.url);

/** The hostile guest in a worker thread, which outlives it. */
export function hostileNode(path: string) {
  const host = createHost({ workers: 1 });
  const turns = new Turns();
  let loaded: Promise<Plugin> | undefined;

  return {
    attack: (op: Op): Promise<Outcome> =>
      turns.take(async () => {
        loaded ??= readFile(path).then((bytes) => host.load(bytes, { functions: lent, limits: LIMITS }));
        return attack(await loaded, op);
      }),
    close: () => host.dispose(),
  };
}
