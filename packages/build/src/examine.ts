import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, relative } from "node:path";
import { digest } from "@isopod/core";
import { inspect } from "@isopod/core/inspect";
import { hardened, hardenedWithLines } from "@isopod/core/spi";
import type { Target } from "./options.ts";

/** A file that may become a plugin, and what is known of it. */
export interface Examined {
  /** What is emitted: on workerd, which can rewrite nothing, hardened already, so that limits hold. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the file as it lies there, whatever is emitted: one plugin, one digest. */
  readonly digest: string;
  /** Bytes of that file. */
  readonly size: number;
}

/**
 * Takes a module apart, as a host does before it compiles, so that what can never load fails the build.
 *
 * @param debug what is hardened says of which lines it is
 * @param watch is told of each further file that says so, whether it is there or not
 * @throws Error: one sentence, which names the file
 */
export async function examine(file: string, content: Uint8Array, target: Target, debug: boolean | undefined, watch: (file: string) => void): Promise<Examined> {
  // A copy, which nobody changes between the digest and the output.
  const bytes = new Uint8Array(content);
  const shown = relative(process.cwd(), file);
  const attempt = <T>(run: () => T): T => {
    try {
      return run();
    } catch (cause) {
      const words = (cause as Error).message.replace(/^this /, "");
      throw new Error(`${shown}${words.startsWith("the plugin") ? ":" : ""} ${words}`, { cause });
    }
  };
  const { form } = attempt(() => inspect(bytes));
  if (form === "component") throw new Error(`${shown} is a WebAssembly component, and components do not run yet: build a core module`);
  const sum = await digest(bytes);
  const known = { digest: sum, size: bytes.length };
  if (target !== "workerd") return { bytes, ...known };
  if (!debug) return { bytes: attempt(() => hardened(bytes, {}, sum)), ...known };
  const beside = `${file}.map`;
  watch(beside);
  const map = await readFile(beside, "utf8").catch(() => undefined);
  return { bytes: attempt(() => hardenedWithLines(bytes, {}, sum, map)), ...known };
}

/** The file's name in letters that mean the same in a path, an address and an import. */
export function plainName(file: string): string {
  return basename(file).replace(/[^\w.-]/g, "_");
}

/** Enough of a digest to tell files apart, in letters of the same kind. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
