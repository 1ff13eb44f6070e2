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
 * @param {boolean} [guest.debug] with names, and a source map in the module itself
 * @returns {Promise<Uint8Array>}
 */
export async function asc({ root, sources: [source], flags = FLAGS, with: compiler = "assemblyscript", debug = false }) {
  const folder = await mkdtemp(join(tmpdir(), "isopod-asc-"));
  const out = join(folder, "out.wasm");
  try {
    // Without this flag the command starts Node once more to have it.
    const node = ["--enable-source-maps", command(compiler)];
    const wanted = debug ? [...flags, "--debug", "--sourceMap", MARK] : flags;
    await run(process.execPath, [...node, basename(source), "--outFile", out, ...wanted], { cwd: join(root, dirname(source)) });
    const bytes = await readFile(out);
    return debug ? carrying(bytes, await readFile(join(folder, MARK), "utf8")) : bytes;
  } catch (error) {
    throw new Error(error.stderr || String(error));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the compiler writes for the address of the map, which lies there. It is the last section that it writes. */
const MARK = "map";
const SECTION = "sourceMappingURL";

/** The module with its map in that section, so that one file has it all. The sources themselves are left out, and the folder that it was built in. */
function carrying(/** @type {Buffer} */ bytes, /** @type {string} */ text) {
  const { sourcesContent: _1, sourceRoot: _2, ...map } = JSON.parse(text);
  const url = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}`;
  const section = (/** @type {string} */ value) => {
    const contents = Buffer.concat([sized(SECTION), sized(value)]);
    return Buffer.concat([Buffer.of(0), leb(contents.length), contents]);
  };
  const before = section(MARK);
  if (!bytes.subarray(-before.length).equals(before)) throw new Error(`the module does not end with its ${SECTION}`);
  return Buffer.concat([bytes.subarray(0, -before.length), section(url)]);
}

const sized = (/** @type {string} */ text) => Buffer.concat([leb(Buffer.byteLength(text)), Buffer.from(text)]);

/** Unsigned LEB128. */
function leb(/** @type {number} */ value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.of(...bytes, value);
}
