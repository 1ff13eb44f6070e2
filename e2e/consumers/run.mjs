// `npm run consumers [-- --only a,b] [--json] [--keep]`: the packed packages in fresh applications. See README.md.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namesOf, readOptions } from "../../scripts/options.mjs";
import { step } from "../../scripts/progress.mjs";
import { build } from "../../scripts/setup.mjs";
import { allApps, consume } from "./consume.mjs";
import { pack } from "./pack.mjs";
import { table } from "./table.mjs";

const HELP = `npm run consumers                   packs the packages, and builds and opens every application
npm run consumers -- --only a,b     these: ${(await allApps()).join(", ")}
npm run consumers -- --json         one object on stdout: { rows, passed, failed }
npm run consumers -- --report FILE  the same in a file, beside the table
npm run consumers -- --keep         leaves the folder with the applications, and says where`;

/** What still runs is ended by listeners of `exit`. */
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) process.once(signal, () => process.exit(code));

async function main() {
  const values = readOptions(HELP, { only: { type: "string" }, json: { type: "boolean" }, report: { type: "string" }, keep: { type: "boolean" } });
  const apps = namesOf("--only", values.only, await allApps());

  await build();
  const { expected } = await import("./answer.mjs"); // which imports what was built
  const folder = await mkdtemp(join(tmpdir(), "isopod-consumers-"));
  const lines = values.json ? undefined : table(process.stdout);
  const rows = [];
  try {
    const [packages, answer] = await Promise.all([pack(folder), expected()]);
    for (const app of apps) {
      const shown = step(app);
      const row = await consume(app, { folder, packages, answer, note: shown.note });
      shown.end();
      rows.push(row);
      lines?.row(row);
    }
  } finally {
    if (values.keep) process.stderr.write(`${folder}\n`);
    else await rm(folder, { recursive: true, force: true });
  }
  const passed = rows.filter(({ ok }) => ok).length;
  const failed = rows.length - passed;
  const report = `${JSON.stringify({ rows, passed, failed })}\n`;
  if (values.report !== undefined) await writeFile(values.report, report);
  if (values.json) process.stdout.write(report);
  else lines?.end(passed, failed);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
