import { readFile, readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { commands } from "@yowasp/clang";

/**
 * No C library and no start file: what a guest needs is in its own folder. Linked as one program, so that helpers cost
 * no calls; names are stripped, but where a guest is built for its debug information. Operations all have the same parameters, whether they look at them or not.
 */
const FLAGS = [
  ..."--target=wasm32 -std=c23 -Os -flto -ffreestanding -fvisibility=hidden -Wall -Wextra -Wno-unused-parameter -Werror -nostdlib".split(" "),
  ..."-Wl,--no-entry -Wl,--stack-first -Wl,-z,stack-size=16384".split(" "),
];

/**
 * Compiles and links C to one module.
 *
 * @param {object} guest
 * @param {string} guest.root folder that the other paths are relative to
 * @param {readonly string[]} guest.sources `.c` files, or folders (with a slash at the end) for every `.c` file in them
 * @param {readonly string[]} [guest.exports] names to export, besides those that the source marks with `export_name`
 * @param {readonly string[]} [guest.flags] further flags for the compiler
 * @param {boolean} [guest.debug] with DWARF, as for a debugger
 * @returns {Promise<Uint8Array>}
 */
export async function clang({ root, sources, exports = [], flags = [], debug = false }) {
  const files = await listed(root, sources);
  const out = "out.wasm";
  const args = [...FLAGS, debug ? "-g" : "-Wl,--strip-all", ...flags, ...exports.map((name) => `-Wl,--export=${name}`), ...files, "-o", out];
  let said = "";
  const decoder = new TextDecoder();
  const hear = (/** @type {Uint8Array | null} */ bytes) => {
    if (bytes) said += decoder.decode(bytes, { stream: true });
  };
  try {
    await commands.clang(null, {}, { fetchProgress() {} }); // reads the compiler without a word about it
    const tree = await commands.clang(args, await folders(root, files), { stdout: hear, stderr: hear });
    return tree[out];
  } catch (cause) {
    throw new Error(said || String(cause)); // no cause: it holds the whole tree
  }
}

/** Sorted, because the order of files decides the order of functions. */
async function listed(root, sources) {
  const lists = sources.map(async (source) => {
    if (!source.endsWith("/")) return [source];
    const names = await readdir(join(root, source));
    return names.filter((name) => name.endsWith(".c")).sort().map((name) => source + name);
  });
  return (await Promise.all(lists)).flat();
}

/** The compiler sees a file system of its own: the folders of the sources, with their headers. */
async function folders(root, files) {
  const tree = {};
  for (const folder of new Set(files.map((file) => posix.dirname(file)))) {
    const at = folder.split("/").reduce((node, part) => (part === "." ? node : (node[part] ??= {})), tree);
    for (const name of await readdir(join(root, folder))) {
      if (/\.[ch]$/.test(name)) at[name] = await readFile(join(root, folder, name), "utf8");
    }
  }
  return tree;
}
