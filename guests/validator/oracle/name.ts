import { codePoints } from "./fold.ts";
import { type Outcome, right, wrong } from "./outcome.ts";

/** Controls, marks that turn the direction of what follows, and code points that are no characters. */
const REFUSED = /[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}\ufdd0-\ufdef\ufeff\ufffd]/u;

const isNoncharacter = (point: number): boolean => (point & 0xfffe) === 0xfffe;

export function name(tidied: string): Outcome {
  if (codePoints(tidied) > 100) return wrong("length");
  if (REFUSED.test(tidied) || [...tidied].some((character) => isNoncharacter(character.codePointAt(0)!))) return wrong("characters");
  if (/^[\0-\x7f]*$/.test(tidied) && !/[A-Za-z]/.test(tidied)) return wrong("format");
  return right(tidied);
}
