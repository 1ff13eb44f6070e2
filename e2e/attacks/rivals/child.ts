import { attacks, attackBinaries } from "@isopod/core/testing";
import { RIVALS } from "./list.ts";

export interface Told {
  readonly ok: boolean;
  readonly outcome: string;
}

/** A row is survived if its outcome is right, by whatever error, and a sound plugin still loads and answers after it. */
export async function run(rival: string, name: string): Promise<Told> {
  const attack = attacks.find((each) => each.name === name);
  const target = await RIVALS[rival]?.target();
  if (!attack || !target) return { ok: false, outcome: "there is no such row" };
  try {
    const outcome = await attack.run(target);
    const sound = attackBinaries().find((binary) => binary.name === "sound")!;
    await (await target.load(sound)).call("run");
    return { ok: true, outcome };
  } catch (error) {
    return { ok: false, outcome: String((error as Error).message) };
  }
}
