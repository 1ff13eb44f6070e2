import { digest, type PluginInfo } from "@isopod/browser";
import { count } from "../format.ts";
import { FILE, INTEGRITY } from "../plugin.ts";

/** What `load` found in the plugin, and why. */
export async function about({ abi, reason, operations, imports }: PluginInfo, bytes: Uint8Array): Promise<void> {
  const actual = await digest(bytes);
  write("file", `${FILE}, ${count(bytes.length)} bytes of C`);
  write("abi", `${abi}, because it ${reason}`);
  write("operations", operations.join(", "));
  write("imports", imports.length === 0 ? "none: it can reach nothing but its own memory" : imports.map(({ module, name }) => `${module}.${name}`).join(", "));
  write("digest", `${actual}${actual === INTEGRITY ? " (as pinned)" : ""}`);
}

function write(part: string, text: string): void {
  document.querySelector(`[data-about="${part}"]`)!.textContent = text;
}
