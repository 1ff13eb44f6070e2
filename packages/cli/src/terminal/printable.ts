/** What moves a terminal's cursor, rings its bell or turns the direction of reading, and so must not come from a plugin. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Text that was written by others, such as a plugin's names and messages, so that it can stand in a line of ours.
 *
 * @param keep control characters that may stay, such as a line's end
 */
export function printable(text: string, keep = ""): string {
  return text.replace(UNSAFE, (character) => {
    if (keep.includes(character)) return character;
    if (character === "\n" || character === "\r" || character === "\t") return " ";
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  });
}
