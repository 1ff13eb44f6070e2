import type { PluginInfo } from "@isopod/browser";
import { sha256 } from "../../../shared/records.mjs";
import { find, make, write } from "../../find.ts";
import { count, seen } from "../../format.ts";
import type { Found, Subject } from "../subject.ts";

type Row = PluginInfo["imports"][number] | PluginInfo["exports"][number];

/** A module may have a million; nobody reads more than these. */
const MOST_ROWS = 200;

/** ABI and reason, digest, imports and exports. */
export async function about({ bytes, name }: Subject, { info, imports, exports }: Found): Promise<void> {
  write(find("#subject"), `${seen(name)}, ${count(bytes.length)} bytes`);
  write(part("abi"), info?.abi ?? "none that could be loaded");
  write(part("reason"), info ? `it ${info.reason}` : "see the error above");
  table("#imports", ["Module", "Name", "Type"], imports, (row) => [(row as PluginInfo["imports"][number]).module, row.name, typeOf(row)], "It imports nothing: it can reach nothing but its own memory.");
  table("#exports", ["Name", "Type"], exports, (row) => [row.name, typeOf(row)], "It exports nothing.");
  write(part("digest"), await sha256(bytes));
}

const part = (name: string): HTMLElement => find(`[data-about="${name}"]`);

const typeOf = ({ kind, type }: Row): string => (kind === "function" ? (type ?? kind) : kind);

function table(selector: string, head: readonly string[], rows: readonly Row[], cells: (row: Row) => string[], none: string): void {
  const lines = rows.slice(0, MOST_ROWS).map((row) => make("tr", {}, ...cells(row).map((text) => make("td", {}, seen(text)))));
  const more = rows.length > MOST_ROWS ? [note(head, `and ${count(rows.length - MOST_ROWS)} more`)] : [];
  const titles = make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)));
  find(`${selector} tbody`).replaceChildren(...(rows.length === 0 ? [note(head, none)] : [titles, ...lines, ...more]));
}

const note = (head: readonly string[], text: string): HTMLElement => make("tr", {}, make("td", { colspan: String(head.length), class: "note" }, text));
