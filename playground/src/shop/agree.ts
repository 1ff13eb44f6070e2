import type { Announcer } from "../announcer.ts";
import type { Station } from "./station.ts";

/** Says whether all have the same rules and say the same, once each has said something of the order as it is. */
export function agree(stations: readonly Station[], order: string, announcer: Announcer): void {
  const there = stations.filter(({ absent }) => !absent);
  const answers = there.map(({ said }) => (said?.order === order ? said.answer : undefined));
  if (there.length === 1) return announcer.badge("waiting", "Only the page answers");
  if (answers.some((answer) => answer === undefined)) return announcer.badge("waiting", "Asking…");
  const rules = new Set(answers.map((answer) => answer!.rules)).size;
  const wrong = new Set(answers.map((answer) => answer!.wrong)).size;
  if (rules > 1) announcer.badge("waiting", "Following…");
  else if (wrong > 1) announcer.badge("different", "The answers differ");
  else announcer.badge("identical", "Same rules, same answer, three times");
}
