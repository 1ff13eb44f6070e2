import { ATTACKS } from "../shared/hostile.ts";
import { CROWD, METERS, SHORES, TALLY } from "../src/hostile/list.ts";
import { escape } from "./escape.ts";

/** What hostile.html leaves open. */
export function hostile(): Record<string, string> {
  const crowd = button("data-crowd", `Load ${CROWD} at once`, "More plugins than a page has memories for. Those used longest ago make room, and every one of them answers.");
  return {
    attacks: ATTACKS.map(({ op, title, about }) => button(`data-attack="${op}"`, title, about)).join("") + crowd,
    costs: SHORES.map(cost).join(""),
    meters: METERS.map(meter).join(""),
    tally: TALLY.map(({ id, name }) => `<div><dt>${name}</dt><dd data-tally="${id}">0</dd></div>`).join(""),
  };
}

function button(attribute: string, title: string, about: string): string {
  return `<li><button type="button" ${attribute} aria-disabled="true">${escape(title)}</button><p>${escape(about)}</p></li>`;
}

function cost({ id, name, how }: (typeof SHORES)[number]): string {
  return `<li class="cost" data-shore="${id}" data-state="waiting">
    <h3>${name} <code data-part="code"></code></h3>
    <p class="how">${how}</p>
    <p class="verdict" data-part="verdict">not there yet</p>
    <pre class="details" data-part="details">–</pre>
    <p class="next" data-part="next"></p>
  </li>`;
}

function meter({ id, name }: (typeof METERS)[number]): string {
  return `<div class="meter" data-meter="${id}">
    <span id="meter-${id}">${name}</span>
    <div class="gauge" role="meter" aria-labelledby="meter-${id}" aria-valuemin="0" aria-valuemax="1" aria-valuenow="0"><i></i></div>
    <code data-part="figures">–</code>
  </div>`;
}
