import type { Host } from "../../host.ts";
import { isIsopodError } from "../../errors.ts";
import type { Plugin } from "../../contract/operations.ts";
import { equal, within } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import type { Attack, Binary, Target } from "./attack.ts";
import { echoing, packedGuest } from "./guests.ts";
import { attacks } from "./list.ts";
import { BOUND_MS } from "./judge.ts";

/** Names of the cases that are attacks; a filter that begins so asks for these. */
export const ATTACK = "attack ";
const BYSTANDER: Binary = { name: "bystander", bytes: () => packedGuest(echoing) };

/** Isopod on this ground as a target. */
export function targetOn(ground: Ground, host: Host): Target {
  return {
    functionsUrl: ground.functionsUrl,
    load: async (binary, options) => host.load(ground.built ? await ground.built(binary.name) : binary.bytes(), options),
    typed: (error) => (isIsopodError(error) ? error : undefined),
  };
}

/**
 * The attacks as cases. One host bears them all: beside each stands a plugin that must still answer afterwards, and a
 * fresh one must load and answer, so whatever an attack leaves behind shows.
 */
export function attackCases(list: readonly Attack[] = attacks): readonly Case[] {
  let shared: { host: Host; bystander: Plugin } | undefined;
  const stand = async (ground: Ground): Promise<{ host: Host; bystander: Plugin }> => {
    if (shared) return shared;
    const host = ground.host();
    return (shared = { host, bystander: (await targetOn(ground, host).load(BYSTANDER)) as Plugin });
  };
  return [
    ...list.map((attack): Case => ({
      name: `${ATTACK}${attack.name}`,
      ...(attack.needs && { needs: attack.needs }),
      run: async (ground) => {
        const { host, bystander } = await stand(ground);
        const target = targetOn(ground, host);
        const outcome = await attack.run(target);
        equal(await within(BOUND_MS, bystander.call("run", "beside", { as: "text" })), "beside", "the plugin beside it");
        const fresh = await within(BOUND_MS, target.load(BYSTANDER));
        equal(await within(BOUND_MS, fresh.call("run", "after", { as: "text" })), "after", "a fresh plugin");
        await within(BOUND_MS, fresh.dispose());
        return outcome;
      },
    })),
    {
      name: `${ATTACK}last: the host that bore it all can be disposed`,
      run: async (ground) => {
        const { host, bystander } = await stand(ground);
        await within(BOUND_MS, host.dispose());
        await bystander.call("run").then(() => { throw new Error("it still answers"); }, (error: unknown) => equal((error as { code?: string }).code, "disposed"));
        return "disposed";
      },
    },
  ];
}

/** Every binary by name, to be compiled ahead of time. */
export function attackBinaries(): readonly Binary[] {
  const all = new Map([BYSTANDER, ...attacks.flatMap(({ binaries = [] }) => binaries)].map((binary) => [binary.name, binary]));
  return [...all.values()];
}
