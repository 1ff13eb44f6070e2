import digests from "../../guests/dist/digests.json" with { type: "json" };
import { ABIS, BROKEN, type Example, EXAMPLES, FIRST, LANGUAGES, OTHERS } from "../src/bench/examples/list.ts";
import { SHORES } from "../src/bench/shores.ts";
import { count } from "../src/format.ts";
import { escape } from "./escape.ts";
import { lane } from "./lane.ts";
import { write } from "./write.ts";

const sizes = digests as Record<string, { bytes: number }>;
const size = (id: string): number => sizes[`${id}.wasm`]!.bytes;

/** What workbench.html leaves open. */
export function bench(): Record<string, string> {
  return {
    rack: rack(),
    others: OTHERS.map(chip).join(""),
    broken: BROKEN.map(chip).join(""),
    berths: SHORES.map(lane).join(""),
    subject: `${FIRST.id}.wasm, ${count(size(FIRST.id))} bytes`,
    op: `<option>${FIRST.op}</option>`,
    input: escape(FIRST.input),
    length: `${new TextEncoder().encode(FIRST.input).length} bytes`,
    write,
  };
}

/** ABIs down, languages across: that every ABI runs from every language is seen before anything is run. */
function rack(): string {
  const head = `<thead><tr><td></td>${LANGUAGES.map(({ name }) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`;
  const rows = ABIS.map((abi) => {
    const cells = LANGUAGES.map((language) => `<td>${button(EXAMPLES.find(({ id }) => id === `${abi.id}-${language.id}`)!, `${count(size(`${abi.id}-${language.id}`))} B`)}</td>`);
    return `<tr><th scope="row">${abi.name} <span>${abi.about}</span></th>${cells.join("")}</tr>`;
  });
  return `${head}<tbody>${rows.join("")}</tbody>`;
}

const chip = (example: Example): string => button(example, escape(example.title));

function button({ id, title }: Example, text: string): string {
  return `<button type="button" data-example="${id}" aria-pressed="${id === FIRST.id}"${text === escape(title) ? "" : ` aria-label="${escape(title)}, ${text}"`}>${text}</button>`;
}
