import { frame, MOST, MOST_NAME } from "../frames.ts";
import type { ModuleLines } from "./module-lines.ts";

/**
 * What `frames` gives, each with its place in the source where that is known: `digit (digit.c:10:5)`. A stack does not say
 * which module a frame is of, where there are several; one that may be of two has no place.
 *
 * @param lines of the plugin's modules, its own first
 */
export function placedFrames(stack: string, lines: readonly ModuleLines[]): string[] {
  const found: string[] = [];
  const number = (index: number): number | undefined => lines[0]?.number(index);
  for (const line of stack.split("\n")) {
    const shown = frame(line, number);
    if (shown === undefined) continue;
    found.push(placed(line, lines) ?? shown.slice(0, MOST_NAME));
    if (found.length === MOST) break;
  }
  return found;
}

function placed(line: string, lines: readonly ModuleLines[]): string | undefined {
  const [, digits, hex] = /wasm-function\[(\d+)\]:0x([\da-f]+)/.exec(line) ?? [];
  if (hex === undefined) return undefined;
  const index = Number(digits);
  const offset = Number.parseInt(hex, 16);
  const named = frame(line, () => undefined);
  const [found, ...others] = lines.flatMap((module) => module.find(index, named, offset) ?? []);
  if (!found || others.length > 0) return undefined;
  const name = found.name.slice(0, MOST_NAME);
  return found.place === undefined ? name : `${name} (${found.place})`;
}
