const DROPPED = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;

/** Every run of spaces, of whatever kind, becomes one; none stays at an end. */
export const tidy = (text: string): string => text.replace(SPACES, " ").replace(/^ | $/g, "");

/** What was typed, without what only a keyboard, a layout or a clipboard put there; section 4 of the rules. */
export function fold(text: string): string {
  const plain = text
    .replace(DROPPED, "")
    .replace(DASHES, "-")
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return tidy(plain);
}

/** The number of code points; half a surrogate pair is one. */
export const codePoints = (text: string): number => [...text].length;
