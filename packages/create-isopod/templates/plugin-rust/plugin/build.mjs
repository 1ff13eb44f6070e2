// Builds slugify.wasm by the cargo of this machine, which npm cannot install. Nothing is fetched.
// --debug: with the lines of its source, so that a trap says where it was.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TARGET = "wasm32-unknown-unknown";
const INSTALL = {
  rust: "cargo is missing: install Rust as https://rustup.rs says, then rustup target add wasm32-unknown-unknown (on Debian: apt-get install cargo libstd-rust-dev-wasm32 lld)",
  target: "Rust has no wasm32-unknown-unknown yet: rustup target add wasm32-unknown-unknown (on Debian: apt-get install libstd-rust-dev-wasm32 lld)",
};

const asked = (command, ...args) => spawnSync(command, args, { encoding: "utf8", cwd: here("./") });

function missing() {
  if (asked("cargo", "--version").status !== 0) return INSTALL.rust;
  const { status, stdout } = asked(process.env.RUSTC ?? "rustc", "--print", "target-libdir", "--target", TARGET);
  return status === 0 && existsSync(stdout.trim()) ? undefined : INSTALL.target;
}

const reason = missing();
if (reason) {
  console.error(reason);
  process.exitCode = 1;
} else {
  const profile = process.argv.includes("--debug") ? "debug" : "release";
  const cargo = ["build", "--quiet", ...(profile === "release" ? ["--release"] : []), "--offline", "--target", TARGET, "--target-dir", here("target")];
  const { status } = spawnSync("cargo", cargo, { cwd: here("./"), stdio: "inherit" });
  process.exitCode = status ?? 1; // cargo has said why
  if (status === 0) copyFileSync(here(`target/${TARGET}/${profile}/slugify.wasm`), here("slugify.wasm"));
}
