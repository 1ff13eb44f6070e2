import { wordsOf } from "../errors.ts";

/**
 * The guest's own functions in the stack of an error, innermost first: by name where the module has names, else by
 * number. Engines write the same thing in three ways, and of any other line nothing is taken.
 *
 * ```text
 * V8            at inner (wasm://wasm/5e6f:wasm-function[3]:0x51)      at wasm://wasm/5e6f:wasm-function[3]:0x51
 * SpiderMonkey  inner@https://example.com/:wasm-function[3]:0x51        @https://…:wasm-function[3]:0x51
 * JavaScriptCore  <?>.wasm-function[inner]@[wasm code]                    <?>.wasm-function[3]@[wasm code]
 * ```
 *
 * @param numbers gives the number that a function had before hardening, or undefined for one that was added
 */
export function frames(stack: string, numbers: (index: number) => number | undefined): string[] {
  return stack.split("\n").flatMap((line) => frame(line, numbers)?.slice(0, MOST_NAME) ?? []).slice(0, MOST);
}

/** That of one line, however long its name is; undefined where it has none. */
export function frame(line: string, numbers: (index: number) => number | undefined): string | undefined {
  // A name may say anything, so that no character is looked at twice.
  const [, inside] = /wasm-function\[([^\][]*)\]/.exec(line) ?? [];
  if (inside === undefined) return undefined;
  const before = /^\s*at (.+?) \(|^([^@<]+)@/.exec(line);
  const name = before?.[1] ?? before?.[2] ?? (/\D/.test(inside) ? inside : undefined);
  if (name !== undefined) return name.startsWith(OURS) ? undefined : name;
  const number = numbers(Number(inside));
  return number === undefined ? undefined : `function ${number}`;
}

/** What is said of a trap that passed these functions. */
export function brokeOff(seen: readonly string[], cause: unknown): string {
  return `the plugin broke off in ${seen.join(" ← ")}: ${wordsOf(cause)}`;
}

/** How the names of functions begin that hardening adds. */
const OURS = "isopod ";
/** What a person reads; a stack that ran out has thousands. */
export const MOST = 16;
/** Characters of a name that are shown. */
export const MOST_NAME = 256;
