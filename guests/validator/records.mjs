// Writes records.jsonl: 4,000 customers from a fixed seed. Every fifth is wrong, and its field "wrong" (which no rule reads) says how.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeCustomer } from "./records/customer.mjs";
import { random } from "./records/random.mjs";
import { BREAKS, WAYS } from "./records/spoil.mjs";

const escaped = (json) => json.replace(/[^\0-~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** One line. The order of the members, the white space and the escapes vary, because they must not matter. */
function write(rng, fields) {
  const members = rng.shuffle(Object.entries(fields)).map(([key, value]) => `${JSON.stringify(key)}:${rng.pick(["", "", " "])}${JSON.stringify(value)}`);
  if (rng.chance(0.05)) members.unshift('"date":null', '"iban":"earlier"', '"iban":""');
  const line = `{${members.join(rng.pick([",", ",", ", "]))}}`;
  return rng.chance(0.15) ? escaped(line) : line;
}

function wrongLine(rng, turn) {
  const kinds = [...WAYS, ...BREAKS];
  const kind = kinds[turn % kinds.length];
  for (;;) {
    const { place, fields } = makeCustomer(rng);
    if (kind.needs && fields[kind.needs] === undefined) continue;
    if (kind.only && !kind.only.includes(place.country)) continue;
    kind.spoil?.(rng, fields, place);
    const line = write(rng, { ...fields, wrong: kind.name });
    return kind.apply ? kind.apply(line) : line;
  }
}

/** The lines, without line feeds; those at 4, 9, 14 … are wrong. */
export function makeRecords(seed = 20260228, count = 4000) {
  const rng = random(seed);
  return Array.from({ length: count }, (_, i) => (i % 5 === 4 ? wrongLine(rng, (i - 4) / 5) : write(rng, makeCustomer(rng).fields)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("records.jsonl", import.meta.url), `${makeRecords().join("\n")}\n`);
}
