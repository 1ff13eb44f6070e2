import { ANY_ERROR, attacks, attackBinaries, type Attack, type Target } from "@isopod/core/testing";
import { RIVALS } from "./list.ts";

/** What became of a host that did not survive. */
export type Harm = "hung" | "ended" | "took" | "other";

export interface Told {
  readonly ok: boolean;
  readonly outcome: string;
  readonly harm?: Harm;
}

/** Rows in which the guest is told a number of an error: to end it by an error of the host's keeps what there is to keep, too. */
const CLOSED = /^(memory|files|config|network): /;

/** A row is survived if its outcome is right, by whatever error, and a sound plugin still loads and answers after it. */
export async function run(rival: string, name: string): Promise<Told> {
  const attack = attacks.find((each) => each.name === name);
  const target = await RIVALS[rival]?.target();
  if (!attack || !target) throw new Error(`there is no row "${name}", or no host "${rival}"`);
  const told = await judge(attack, target);
  if (!told.ok) return told;
  try {
    const sound = attackBinaries().find((binary) => binary.name === "sound")!;
    await (await target.load(sound)).call("run");
    return told;
  } catch (error) {
    return { ok: false, outcome: `a sound plugin fails after it: ${words(error)}`, harm: "other" };
  }
}

export async function judge(attack: Attack, target: Target): Promise<Told> {
  const heard: unknown[] = [];
  try {
    const outcome = await attack.run(hearing(target, heard));
    return { ok: true, outcome: outcome.replace(ANY_ERROR, () => words(heard.at(-1))) };
  } catch (error) {
    if (heard.includes(error)) return attack.answers && CLOSED.test(attack.name) ? { ok: true, outcome: words(error) } : { ok: false, outcome: words(error), harm: "other" };
    const took = /, and it answered|^it was loaded/.test(words(error));
    if (took && attack.harmless) return { ok: true, outcome: "took it, and came to no harm" };
    return { ok: false, outcome: words(error), harm: took ? "took" : "other" };
  }
}

/** Notes what the host itself throws, as against what is thrown because of an outcome. */
function hearing(target: Target, heard: unknown[]): Target {
  const note = <T>(promise: Promise<T>): Promise<T> => promise.catch((error: unknown) => {
    heard.push(error);
    throw error;
  });
  return {
    ...target,
    load: async (binary, options) => {
      const victim = await note(target.load(binary, options));
      return { ...victim, call: (op, input, more) => note(victim.call(op, input, more)) };
    },
  };
}

function words(error: unknown): string {
  return String((error as Error | undefined)?.message ?? error);
}
