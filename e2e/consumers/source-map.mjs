const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((digit, value) => [digit, value]));

/**
 * Cuts a generated script where its source map (version 3) says that another source begins.
 *
 * @param {string} text
 * @param {{ sources: (string | null)[], mappings: string } | { sections: { offset: { line: number, column: number }, map: { sources: (string | null)[], mappings: string } }[] }} map
 * @returns {{ source: string, text: string }[]} in order; "" is text of no source
 */
export function pieces(text, map) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const cuts = [{ at: 0, source: "" }];
  const parts = "sections" in map ? map.sections : [{ offset: { line: 0, column: 0 }, map }];
  for (const { offset, map: { sources, mappings } } of parts) {
    let index = 0;
    mappings.split(";").forEach((line, number) => {
      let column = number === 0 ? offset.column : 0;
      for (const segment of line.split(",").filter(Boolean)) {
        const [columns = 0, change] = numbers(segment);
        column += columns;
        index += change ?? 0;
        cuts.push({ at: (starts[offset.line + number] ?? text.length) + column, source: change === undefined ? "" : (sources[index] ?? "") });
      }
    });
  }
  return cuts.map(({ at, source }, i) => ({ source, text: text.slice(at, cuts[i + 1]?.at) })).filter((piece) => piece.text !== "");
}

/** Numbers in base 64, five bits a digit, the lowest first, the sign last of all. @param {string} segment */
function numbers(segment) {
  const found = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.get(letter) ?? 0;
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value % 2 ? -Math.floor(value / 2) : value / 2);
    value = shift = 0;
  }
  return found;
}
