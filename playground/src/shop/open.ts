import { Announcer } from "../announcer.ts";
import { Agreement } from "./agree.ts";
import type { OrderForm } from "./form.ts";
import { localShop } from "./local.ts";
import { RemoteShop } from "./remote.ts";
import { fetchRules } from "./rules.ts";
import { Station } from "./station.ts";

/** Opens the shop: rules for the page, then for whoever is behind it, then an editor for them. */
export async function open(form: OrderForm): Promise<void> {
  const local = localShop();
  const remote = new RemoteShop();
  const announcer = new Announcer();
  const said = () => agreement.look(form.order);
  const page = new Station("page", local.check, ({ answer }) => {
    if (answer) form.show(answer.wrong);
    said();
  });
  const behind = [new Station("edge", (order) => remote.check("edge", order), said), new Station("node", (order) => remote.check("node", order), said)];
  const stations = [page, ...behind];
  const agreement = new Agreement(stations, announcer);
  let asked = [page];
  const ask = (order: string) => {
    for (const station of asked) station.ask(order);
  };

  let rules: Uint8Array;
  try {
    rules = await fetchRules();
    await local.publish(rules);
  } catch (error) {
    for (const station of stations) station.leave(error);
    throw error;
  }
  form.onChange = ask;
  ask(form.order);

  const here = remote.publish(rules).then(
    () => {
      asked = stations;
      ask(form.order);
    },
    (error: unknown) => {
      for (const station of behind) station.leave(error);
      said();
    },
  );

  const { RulesEditor } = await import("./editor.ts");
  new RulesEditor(announcer, async (bytes) => {
    // Whoever is behind the page goes first: what it refuses is not put into the page either.
    await here;
    if (asked.length > 1) await remote.publish(bytes);
    await local.publish(bytes);
    ask(form.order);
    return asked.length;
  });
}
