import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** For guests of our own, which take and free memory by hand. A kit's guest is built with the kit's flags alone. */
const FLAGS = "-Oz --converge --noAssert --runtime minimal".split(" ");

/** Versions before 0.20 have no ending to its name. */
function command(/** @type {string} */ compiler) {
  try {
    return require.resolve(`${compiler}/bin/asc.js`);
  } catch {
    return require.resolve(`${compiler}/bin/asc`);
  }
}

/**
 * Compiles AssemblyScript to one module, in a process of its own: two versions of the compiler share globals.
 *
 * @param {object} guest
 * @param {string} guest.root folder that the sources are relative to
 * @param {readonly string[]} guest.sources the entry file; compiled from its own folder, so that no name depends on ours
 * @param {readonly string[]} [guest.flags] replace ours
 * @param {string} [guest.with] package of the compiler
 * @returns {Promise<Uint8Array>}
 */
export async function asc({ root, sources: [source], flags = FLAGS, with: compiler = "assemblyscript" }) {
  const folder = await mkdtemp(join(tmpdir(), "isopod-asc-"));
  const out = join(folder, "out.wasm");
  try {
    // Without this flag the command starts Node once more to have it.
    const node = ["--enable-source-maps", command(compiler)];
    await run(process.execPath, [...node, basename(source), "--outFile", out, ...flags], { cwd: join(root, dirname(source)) });
    return await readFile(out);
  } catch (error) {
    throw new Error(error.stderr || String(error));
  } finally {
    await rm(folder, { recursive: true });
  }
}
