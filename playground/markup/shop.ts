import { readFileSync } from "node:fs";
import { CHANGES, FIELDS, STATIONS } from "../src/shop/list.ts";
import { escape } from "./escape.ts";

/** What shop.html leaves open. @param root folder of the playground */
export function shop(root: string): Record<string, string> {
  return {
    order: FIELDS.map(field).join(""),
    stations: STATIONS.map(station).join(""),
    changes: CHANGES.map(({ title }, i) => `<button type="button" data-change="${i}">${title}</button>`).join(""),
    source: escape(readFileSync(`${root}/../examples/shop/plugin/rules.ts`, "utf8")),
  };
}

function field({ name, label, value, mode }: (typeof FIELDS)[number]): string {
  return `<div class="field" data-field="${name}" data-verdict="none">
    <label for="field-${name}">${label}</label>
    <input id="field-${name}" name="${name}" value="${escape(value)}" inputmode="${mode}" aria-describedby="said-${name}" spellcheck="false" autocapitalize="off" />
    <p class="said" id="said-${name}"></p>
  </div>`;
}

function station({ id, name, how }: (typeof STATIONS)[number]): string {
  return `<li class="station" data-station="${id}" data-state="waiting">
    <h3>${name}</h3>
    <p class="how">${how}</p>
    <p class="rules"><span>rules</span> <code data-part="rules">––––––––</code></p>
    <p class="verdict" data-part="verdict">not there yet</p>
  </li>`;
}
