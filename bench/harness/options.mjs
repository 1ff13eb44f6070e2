import { namesOf, readOptions } from "../../scripts/options.mjs";

const USAGE = `npm run bench -- [options]
  --quick            fewer and shorter rounds: figures within about 20 %
  --only <words>     suites (calls, cold, memory, hostcalls, soak, bundle, harden) or parts of contenders' names, by commas
  --lang <c|as|wat>  the language that the guests were written in (default wat)
  --json             one JSON object on standard output, progress on standard error`;

/** @returns {import("./types.mjs").Options} */
export function parse(/** @type {string[]} */ args) {
  const { quick, json, only, lang } = readOptions(
    USAGE,
    {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      lang: { type: "string", default: "wat" },
    },
    args,
  );
  namesOf("--lang", lang, ["c", "as", "wat"]);
  return { quick, json, lang, only: only.split(",").filter(Boolean), rounds: quick ? 6 : 25, batchMs: quick ? 5 : 15 };
}
