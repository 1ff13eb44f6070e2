import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Examined } from "../examine.ts";
import { byModule, hot } from "../generate.ts";
import type { Target } from "../options.ts";

/**
 * The module in Vite's development server, which writes no files. A page asks for the file where its module is; the
 * digest makes that a new address for new bytes. Node reads the file where it lies. What workerd is given, the plugin
 * that runs workerd says.
 */
export function serve(file: string, examined: Examined, consumer: "client" | "server", target: Target): string {
  const name = basename(file);
  if (target === "workerd") return byModule(examined, `./${name}?module`);
  const address = consumer === "server" ? pathToFileURL(file).href : `./${encodeURIComponent(name)}?${encodeURIComponent(examined.digest)}`;
  return hot(examined, name, address);
}
