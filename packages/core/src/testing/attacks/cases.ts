import type { Host } from "../../host.ts";
import { isIsopodError } from "../../errors.ts";
import type { Source } from "../../source/read.ts";
import { equal, within } from "../assert.ts";
import type { Case, Ground } from "../ground.ts";
import type { Attack, Binary, Target, Victim } from "./attack.ts";
import { build } from "./binary.ts";
import { i32 } from "./code.ts";
import { echoing, packedGuest } from "./guests.ts";
import { attacks } from "./list.ts";
import { BOUND_MS } from "./judge.ts";

/** Names of the cases that are attacks; a filter that begins so asks for these. */
export const ATTACK = "attack ";
const BYSTANDER: Binary = { name: "bystander", bytes: () => packedGuest(echoing) };

/** No ABI but a function, for hosts that share none with us. */
const SOUND: Binary = { name: "sound", bytes: () => build({ functions: [{ results: "i32", body: [i32(0)], as: "run" }] }) };

/** Isopod on this ground as a target. */
export function targetOn(ground: Ground, host: Host): Target {
  const source = async ({ name, bytes }: Binary): Promise<Source> => (ground.built ? ground.built(name) : bytes());
  return {
    functionsUrl: ground.functionsUrl,
    load: async (binary, options) => {
      const plugin = await host.load(await source(binary), options);
      return {
        call: async (op, input, more) => plugin.call(op, input, more as never),
        dispose: () => plugin.dispose(),
        swap: async (next) => plugin.swap(await source(next)),
      };
    },
    typed: (error) => (isIsopodError(error) ? error : undefined),
  };
}

/**
 * The attacks as cases. One host bears them all: beside each stands a plugin that must still answer afterwards, and a
 * fresh one must load and answer, so whatever an attack leaves behind shows.
 */
export function attackCases(list: readonly Attack[] = attacks): readonly Case[] {
  let shared: { host: Host; bystander: Victim } | undefined;
  const stand = async (ground: Ground): Promise<{ host: Host; bystander: Victim }> => {
    if (shared) return shared;
    const host = ground.host();
    return (shared = { host, bystander: await targetOn(ground, host).load(BYSTANDER) });
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
  const all = new Map([BYSTANDER, SOUND, ...attacks.flatMap(({ binaries = [] }) => binaries)].map((binary) => [binary.name, binary]));
  return [...all.values()];
}
