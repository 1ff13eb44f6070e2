import { attack, GOOD, type Op, type Outcome } from "../../shared/hostile.ts";
import { Announcer } from "../announcer.ts";
import { Cost } from "./cost.ts";
import { crowd } from "./crowd.ts";
import { Frames } from "./frames.ts";
import { CROWD } from "./list.ts";
import { fetchGuest, loadGuest, localHost } from "./local.ts";
import { Meters } from "./meters.ts";
import { remoteAttack } from "./remote.ts";
import { Swell } from "./swell.ts";
import { SwapPanel } from "./swap/panel.ts";
import type { Told } from "./told.ts";

/** Opens the page: the guest in a worker, then behind the server, and a button for each thing that it can do. */
export async function open(): Promise<void> {
  const frames = new Frames();
  const swell = new Swell(frames);
  const announcer = new Announcer();
  let onTold: (told: Told) => void = () => {};
  const host = localHost(1, (told) => onTold(told));
  const stay = (error: Error): never => {
    announcer.badge("different", error.message);
    throw error;
  };
  const bytes = await fetchGuest().catch(stay);
  const plugin = await loadGuest(host, bytes).catch(stay);
  const meters = new Meters(plugin.info.limits);
  onTold = (told) => meters.told(told);

  const here = async (op: Op): Promise<Outcome> => {
    const outcome = await attack(plugin, op);
    meters.refused(outcome.error?.details);
    return outcome;
  };
  const costs = [new Cost("page", here), new Cost("edge", (op) => remoteAttack("edge", op)), new Cost("node", (op) => remoteAttack("node", op))];

  /** One after the other: two cores are few, and what is measured is this page. */
  const suffer = async (op: Op): Promise<void> => {
    frames.mark();
    meters.mark();
    for (const cost of costs) cost.wait();
    const said: (string | undefined)[] = [];
    for (const cost of costs) said.push(await cost.suffer(op));
    const there = said.filter((each) => each !== undefined);
    const thing = op === GOOD ? "answer" : "error";
    if (there.length === 1) announcer.badge("waiting", `Only the page: one ${thing}`);
    else if (new Set(there).size === 1) announcer.badge("identical", `The same ${thing} ${there.length === 3 ? "three times" : "twice"}`);
    else announcer.badge("different", `The ${thing}s differ`);
    swell.say();
    swell.still();
  };

  const gather = async (): Promise<void> => {
    frames.mark();
    meters.mark();
    announcer.badge("waiting", `Loading ${CROWD}…`);
    const answers = await crowd(host, bytes);
    announcer.badge(answers === 2 * CROWD ? "identical" : "different", `${CROWD} plugins, ${answers} answers`);
    swell.say();
    swell.still();
  };

  const buttons = [...document.querySelectorAll<HTMLElement>(".attacks button")];
  let busy = true;
  const ready = (is: boolean): void => {
    busy = !is;
    for (const button of buttons) button.setAttribute("aria-disabled", String(!is));
  };
  for (const button of buttons) {
    button.addEventListener("click", async () => {
      if (busy) return;
      ready(false);
      const op = button.dataset["attack"];
      await (op === undefined ? gather() : suffer(op as Op)).finally(() => ready(true));
    });
  }

  await suffer(GOOD);
  ready(true);
  new SwapPanel(bytes, frames);
}
