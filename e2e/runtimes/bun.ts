import { onPath, packaged } from "./executable.ts";
import type { Engine } from "./script.ts";

const PACKAGES = [
  ...["linux-x64", "linux-aarch64", "linux-x64-musl", "linux-aarch64-musl"],
  ...["darwin-aarch64", "darwin-x64", "windows-x64", "windows-aarch64"],
].map((name) => `@oven/bun-${name}`);

/** Bun, whose packages install by platform; its own `bun` package would need an install script. */
export function bun(): Engine {
  return {
    name: "bun",
    execPath: packaged(PACKAGES, "bin/bun", { through: "bun" }) ?? onPath("bun"),
    help: "Bun has no package for this platform: install it, so that `bun` is on the PATH",
  };
}
