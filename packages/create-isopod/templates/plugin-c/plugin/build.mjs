// Builds slugify.wasm by a clang that npm installs. It sees the files that it is given here, and no others.
// --debug: with the lines of its source, so that a trap says where it was.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { commands } from "@yowasp/clang";

const here = new URL("./", import.meta.url);
const sdk = new URL("../node_modules/@isopod/sdk-c/", here);
const FLAGS = "--target=wasm32 -std=c23 -O2 -flto -ffreestanding -nostdlib -mbulk-memory -Wl,--no-entry -Wl,--stack-first -Isdk";
const INFO = process.argv.includes("--debug") ? "-g" : "-Wl,--strip-all";

const sources = async (folder) => {
  const names = (await readdir(folder)).filter((name) => /\.[ch]$/.test(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), "utf8")])));
};
const files = { plugin: await sources(here), sdk: await sources(sdk) };
const inputs = Object.entries(files).flatMap(([folder, names]) => Object.keys(names).filter((name) => name.endsWith(".c")).map((name) => `${folder}/${name}`));

try {
  await commands.clang(null, {}, { fetchProgress() {} }); // reads the compiler without a word about it
  const out = await commands.clang([...FLAGS.split(" "), INFO, ...inputs, "-o", "slugify.wasm"], files);
  await writeFile(fileURLToPath(new URL("slugify.wasm", here)), out["slugify.wasm"]);
} catch {
  process.exitCode = 1; // clang has said why
}
