/**
 * Builds the guests.
 *
 *   node guests/build.mjs             every guest, into guests/dist
 *   node guests/build.mjs packed-c …  only those
 *   node guests/build.mjs --check …   builds elsewhere, and fails if a byte differs from guests/dist
 *
 * Rust is built where its compiler is, and skipped elsewhere.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { refuse } from "../scripts/options.mjs";
import { guests } from "./guests.mjs";
import { digest, readDigests, writeDigests } from "./tools/digests.mjs";
import { Missing } from "./tools/rust.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = join(root, "dist");

/** Each loaded when first wanted: the C compiler alone takes a second. */
const compilers = {
  c: async () => (await import("./tools/clang.mjs")).clang,
  as: async () => (await import("./tools/asc.mjs")).asc,
  wat: async () => (await import("./tools/wat.mjs")).wat,
  hex: async () => (await import("./tools/hex.mjs")).hex,
  rust: async () => (await import("./tools/rust.mjs")).rust,
};

/**
 * Builds guests one after the other into a folder and gives their digests by file name. A guest whose compiler is not
 * there is left out, with the reason.
 */
async function build(/** @type {typeof guests} */ list, /** @type {string} */ folder) {
  const digests = {};
  const skipped = [];
  for (const [index, guest] of list.entries()) {
    const file = `${guest.name}.wasm`;
    const compile = await compilers[guest.language]();
    const bytes = await compile({ ...guest, root }).catch((/** @type {Error} */ error) => {
      if (error instanceof Missing) return void skipped.push({ file, reason: error.message });
      throw new Error(`${guest.name}: ${error.message}`);
    });
    if (!bytes) continue;
    await writeFile(join(folder, file), bytes);
    digests[file] = digest(bytes, guest.sources[0]);
    console.log(`${String(index + 1).padStart(String(list.length).length)}/${list.length}  ${file}  ${bytes.length} bytes`);
  }
  for (const reason of new Set(skipped.map((item) => item.reason))) {
    console.log(`skipped ${skipped.filter((item) => item.reason === reason).map(({ file }) => file).join(", ")}: ${reason}`);
  }
  return { digests, skipped: skipped.map(({ file }) => file) };
}

/** Everything that dist/ and a fresh build disagree on, as sentences. */
async function differences(/** @type {typeof guests} */ list, /** @type {boolean} */ whole) {
  const folder = await mkdtemp(join(tmpdir(), "isopod-guests-"));
  try {
    const { digests: fresh, skipped } = await build(list, folder);
    const recorded = await readDigests(dist);
    const found = [];
    for (const [file, { sha256 }] of Object.entries(fresh)) {
      const kept = await readFile(join(dist, file)).catch(() => undefined);
      if (!kept) found.push(`${file} is missing`);
      else if (digest(kept, "").sha256 !== sha256) found.push(`${file} is not what its source builds`);
      if (recorded[file]?.sha256 !== sha256) found.push(`${file} has another digest in digests.json`);
    }
    const compared = Object.keys(fresh).length;
    if (!whole) return { compared, found };
    const strays = [...(await modules(dist)), ...Object.keys(recorded)].filter((file) => !(file in fresh) && !skipped.includes(file));
    return { compared, found: [...found, ...new Set(strays.map((file) => `${file} has no source in guests.mjs`))] };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function modules(/** @type {string} */ folder) {
  return (await readdir(folder)).filter((file) => file.endsWith(".wasm"));
}

const USAGE = `npm run guests             builds every guest into guests/dist
npm run guests -- NAME …   those only: ${guests.map(({ name }) => name).join(", ")}
npm run guests -- --check  builds elsewhere, and ends with 1 if a byte differs`;

async function main(/** @type {string[]} */ asked) {
  if (asked.includes("--help")) return void console.log(USAGE);
  const names = asked.filter((name) => name !== "--check");
  const unknown = names.filter((name) => !guests.some((guest) => guest.name === name));
  if (unknown.length > 0) refuse(`no guest is called ${unknown.join(", ")}; there are ${guests.map(({ name }) => name).join(", ")}`);
  const all = names.length === 0;
  const list = all ? guests : guests.filter(({ name }) => names.includes(name));

  if (asked.includes("--check")) {
    const { compared, found } = await differences(list, all);
    if (found.length > 0) throw new Error(found.join("\n"));
    console.log(`${compared} guests are what their sources build`);
    return;
  }
  await mkdir(dist, { recursive: true });
  const { digests: fresh, skipped } = await build(list, dist);
  const before = await readDigests(dist);
  const kept = Object.entries(before).filter(([file]) => !all || skipped.includes(file));
  await writeDigests(dist, { ...Object.fromEntries(kept), ...fresh });
  if (all) for (const file of await modules(dist)) if (!(file in fresh) && !skipped.includes(file)) await rm(join(dist, file));
  if (!all && skipped.length > 0) throw new Error("what was asked for was not built");
}

main(process.argv.slice(2)).catch((/** @type {Error} */ { message }) => {
  console.error(message);
  process.exitCode = 1;
});
