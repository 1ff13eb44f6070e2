import type { Plugin } from "vite";
import { FIELDS, write } from "../src/record/fields.ts";
import { PRESETS } from "../src/record/presets.ts";
import { SHORES } from "../src/lanes/shores.ts";

const escape = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * Writes what the page's lists say into index.html when it is served or built. So the whole page is there at first
 * paint, each thing at its place, and its script only fills it in.
 */
export function markup(): Plugin {
  const first = PRESETS[0].fields ?? {};
  const record = write(first);
  const parts: Record<string, string> = {
    presets: PRESETS.map(({ title }, i) => `<button type="button" data-preset="${i}" aria-pressed="${i === 0}">${escape(title)}</button>`).join(""),
    fields: FIELDS.map((field) => fieldMarkup(field.name, field.label, first[field.name] ?? "")).join(""),
    lanes: SHORES.map(laneMarkup).join(""),
    plugin: ["File", "ABI", "Operations", "Imports", "Digest"].map((term) => `<div><dt>${term}</dt><dd data-about="${term.toLowerCase()}">–</dd></div>`).join(""),
    record: escape(record),
    length: `${new TextEncoder().encode(record).length} bytes`,
  };
  return {
    name: "isopod:markup",
    transformIndexHtml: { order: "pre", handler: (html) => html.replace(/<!--(\w+)-->/g, (whole, name: string) => parts[name] ?? whole) },
  };
}

function fieldMarkup(name: string, label: string, value: string): string {
  return `<div class="field" data-field="${name}">
    <label for="field-${name}">${label}</label>
    <input id="field-${name}" name="${name}" value="${escape(value)}" aria-describedby="said-${name}" spellcheck="false" autocapitalize="off" />
    <p class="said" id="said-${name}"></p>
  </div>`;
}

/** Water on the left, where the bytes come in; land on the right, where the answer goes. */
function laneMarkup({ id, name, how, coast }: (typeof SHORES)[number]): string {
  return `<li class="lane" data-lane="${id}" data-state="waiting">
    <div class="who"><h3>${name}</h3><p>${how}</p></div>
    <div class="travel">
      <div class="strip" aria-hidden="true">
        <svg class="coast" viewBox="0 0 100 56" preserveAspectRatio="none">
          <path class="land" d="${coast}H100V0Z" />
          ${[9, 5, 2].map((depth) => `<path class="depth" transform="translate(-${depth})" d="${coast}" />`).join("")}
          <path class="shore" d="${coast}" />
        </svg>
        <svg class="bytes sent" preserveAspectRatio="none"><path /></svg>
        <svg class="bytes answered" preserveAspectRatio="none"><path /></svg>
      </div>
      <p class="answer"><code data-part="answer">…</code></p>
    </div>
    <dl class="facts">
      <div class="timed"><dt>p50</dt><dd><span data-part="p50">–</span><span class="bar" aria-hidden="true"><i></i><b></b></span></dd></div>
      <div><dt>p95</dt><dd data-part="p95">–</dd></div>
      <div><dt>cold start</dt><dd data-part="cold">–</dd></div>
      <div><dt>answer</dt><dd data-part="digest">–</dd></div>
    </dl>
  </li>`;
}
