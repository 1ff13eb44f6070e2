import { FIELDS, write } from "../src/record/fields.ts";
import { PRESETS } from "../src/record/presets.ts";
import { escape } from "./escape.ts";
import { lanes } from "./lane.ts";

/** What index.html leaves open. */
export function form(): Record<string, string> {
  const first = PRESETS[0].fields ?? {};
  const record = write(first);
  return {
    presets: PRESETS.map(({ title }, i) => `<button type="button" data-preset="${i}" aria-pressed="${i === 0}">${escape(title)}</button>`).join(""),
    fields: FIELDS.map((field) => fieldMarkup(field.name, field.label, first[field.name] ?? "")).join(""),
    lanes: lanes(),
    plugin: ["File", "ABI", "Operations", "Imports", "Digest"].map((term) => `<div><dt>${term}</dt><dd data-about="${term.toLowerCase()}">–</dd></div>`).join(""),
    record: escape(record),
    recordLength: `${new TextEncoder().encode(record).length} bytes`,
  };
}

function fieldMarkup(name: string, label: string, value: string): string {
  return `<div class="field" data-field="${name}">
    <label for="field-${name}">${label}</label>
    <input id="field-${name}" name="${name}" value="${escape(value)}" aria-describedby="said-${name}" spellcheck="false" autocapitalize="off" />
    <p class="said" id="said-${name}"></p>
  </div>`;
}
