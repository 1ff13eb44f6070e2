/** `npm run bench`: runs the suites, prints tables, ratios and how Isopod stands to its targets. */
import { cpus } from "node:os";
import { judge } from "./harness/judge.mjs";
import { parse } from "./harness/options.mjs";
import { targets } from "./targets.mjs";

const SUITES = ["calls", "cold", "hostcalls", "memory", "soak", "bundle", "harden"];

const options = parse(process.argv.slice(2));

const named = SUITES.filter((suite) => options.only.includes(suite));
const words = { ...options, only: options.only.filter((word) => !SUITES.includes(word)) };
const progress = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

/** @type {import("./harness/types.mjs").Result} */
const result = { rows: [], skips: [] };
for (const suite of named.length > 0 ? named : SUITES) {
  // Only now, so that one suite's rivals are not in the memory of another's process from the start.
  const run = (await import(`./suites/${suite}.mjs`))[suite];
  const { rows, skips } = await run(words, progress);
  result.rows.push(...rows);
  result.skips.push(...skips);
}

const verdicts = judge(targets, result.rows);
const about = { node: process.version, cpu: cpus()[0]?.model, lang: options.lang, quick: options.quick };
const { report } = await import("./harness/report.mjs");
const output = options.json ? `${JSON.stringify({ ...about, ...result, targets: verdicts }, null, 2)}\n` : report(result, verdicts);
// Rivals may leave a worker or a socket behind, so the end is ours to declare.
process.stdout.write(output, () => process.exit());
