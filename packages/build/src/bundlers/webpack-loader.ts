import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { LoaderContext } from "webpack";
import { examine, hashOf, plainName } from "../examine.ts";
import { bare, byModule, byUrl } from "../generate.ts";
import { mark } from "../mark.ts";
import type { Target } from "../options.ts";

/** The bytes, not text. */
export const raw = true;

/** Makes the module about a file of the file. `bare` is what workerd itself makes of a plain `.wasm` import. */
export default async function load(this: LoaderContext<{ target: Target; debug?: boolean; bare?: boolean }>, content: Buffer): Promise<string> {
  const options = this.getOptions();
  const examined = await examine(this.resourcePath, content, options.bare ? "url" : options.target, options.debug, (beside) => (existsSync(beside) ? this.addDependency(beside) : this.addMissingDependency(beside)));
  if (options.target === "url") return byUrl(examined, JSON.stringify(`./${basename(this.resourcePath)}`));

  const file = plainName(this.resourcePath).replace(/\.wasm$/, `-${hashOf(examined.bytes)}.wasm`);
  this.emitFile(file, Buffer.from(examined.bytes));
  return options.bare ? bare(mark(file)) : byModule(examined, mark(file));
}
