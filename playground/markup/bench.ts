import digests from "../../guests/dist/digests.json" with { type: "json" };
import { ABIS, BROKEN, type Example, FIRST, LANGUAGES, OTHERS } from "../src/bench/examples/list.ts";
import { count } from "../src/format.ts";
import { escape } from "./escape.ts";
import { lanes } from "./lane.ts";
import { write } from "./write.ts";

const sizes = digests as Record<string, { bytes: number }>;
const size = (id: string): number => sizes[`${id}.wasm`]!.bytes;

const LANGUAGE = { as: "AssemblyScript", c: "C", wat: "WAT" };
const ABI = {
  packed: { name: "packed", about: "bytes by malloc" },
  extism: { name: "Extism", about: "blocks of a kernel" },
  wapc: { name: "waPC", about: "requests, responses" },
  plain: { name: "plain", about: "numbers alone" },
};
/** Of what is no row and no column. */
const TITLES: Readonly<Record<string, string>> = {
  validator: "Record validator",
  "kit-extism-as": "Extism’s own kit",
  "kit-wapc-as": "waPC’s own kit",
  "hostile-missing-imports": "Wants too much",
  "hostile-result-beyond": "Points nowhere",
  "hostile-two-abis": "Two ABIs at once",
  "foreign-wasm-bindgen": "wasm-bindgen",
  component: "A component",
};

/** What workbench.html leaves open. */
export function bench(): Record<string, string> {
  return {
    rack: rack(),
    others: OTHERS.map(chip).join(""),
    broken: BROKEN.map(chip).join(""),
    // Bytes that come while it runs reach workerd by another door.
    berths: lanes({ workerd: "the edge, by Worker Loader" }),
    subject: `${FIRST.id}.wasm, ${count(size(FIRST.id))} bytes`,
    op: `<option>${FIRST.op}</option>`,
    input: escape(FIRST.input),
    length: `${new TextEncoder().encode(FIRST.input).length} bytes`,
    write,
  };
}

/** ABIs down, languages across: that every ABI runs from every language is seen before anything is run. */
function rack(): string {
  const head = `<thead><tr><td></td>${LANGUAGES.map((language) => `<th scope="col">${LANGUAGE[language]}</th>`).join("")}</tr></thead>`;
  const rows = ABIS.map(({ id: abi }) => {
    const { name, about } = ABI[abi];
    const cells = LANGUAGES.map((language) => {
      const id = `${abi}-${language}`;
      const bytes = `${count(size(id))} B`;
      return `<td>${button(id, bytes, ` aria-label="${escape(`${name} in ${LANGUAGE[language]}`)}, ${bytes}"`)}</td>`;
    });
    return `<tr><th scope="row">${name} <span>${about}</span></th>${cells.join("")}</tr>`;
  });
  return `${head}<tbody>${rows.join("")}</tbody>`;
}

const chip = ({ id }: Example): string => button(id, escape(TITLES[id]!));

function button(id: string, text: string, label = ""): string {
  return `<button type="button" data-example="${id}" aria-pressed="${id === FIRST.id}"${label}>${text}</button>`;
}
