import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Debian 12's, which says no more than this. Another compiler, or another build of this one, gives other bytes. */
const VERSION = "rustc 1.63.0";
const TARGET = "wasm32-unknown-unknown";
const FLAGS = `--edition 2021 --target ${TARGET} -C opt-level=s -C panic=abort -C codegen-units=1 -C strip=symbols`.split(" ");
const INSTALL = `they are built by ${VERSION} as Debian 12 has it: apt-get install rustc libstd-rust-dev-wasm32 lld-14`;

/** A toolchain that is not there. Whoever compares skips the guest; whoever builds is told what to install. */
export class Missing extends Error {}

/**
 * Compiles one Rust file and the crate that it stands on, by the compiler alone: there is nothing for cargo to fetch.
 *
 * @param {{ root: string, sources: readonly string[] }} guest the file, then the crate's lib.rs
 * @returns {Promise<Uint8Array>}
 * @throws Missing
 */
export async function rust({ root, sources: [source, library] }) {
  const rustc = await toolchain();
  const folder = await mkdtemp(join(tmpdir(), "isopod-rust-"));
  const out = join(folder, "out.wasm");
  // The compiler writes file names into panics, and none may depend on where this folder is.
  const names = ["--remap-path-prefix", `${root}=`];
  const compile = (/** @type {string[]} */ ...args) => run(rustc, [...FLAGS, ...names, "-C", "linker=wasm-ld-14", ...args], { cwd: root });
  try {
    await compile(library, "--crate-name", "isopod", "--crate-type", "rlib", "-C", "embed-bitcode=yes", "--out-dir", folder);
    await compile(source, "--crate-type", "cdylib", "-C", "lto", "--extern", `isopod=${join(folder, "libisopod.rlib")}`, "-o", out);
    return await readFile(out);
  } catch (error) {
    throw new Error(error.stderr || String(error));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** RUSTC names one; else the first that has the version and the target. */
async function toolchain() {
  const ask = (/** @type {string} */ command, /** @type {string[]} */ ...args) => run(command, args).then(({ stdout }) => stdout.trim(), () => "");
  for (const rustc of [process.env.RUSTC, "rustc", "/usr/bin/rustc"].filter((name) => name !== undefined)) {
    if ((await ask(rustc, "--version")) !== VERSION) continue;
    const library = await ask(rustc, "--print", "target-libdir", "--target", TARGET);
    if (library && existsSync(library) && (await ask("wasm-ld-14", "--version"))) return rustc;
  }
  throw new Missing(INSTALL);
}
