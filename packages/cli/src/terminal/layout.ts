/** How many columns the text takes: one a code point, which is right for all but wide scripts. */
export function widthOf(text: string): number {
  return [...text].length;
}

/** The text in so many columns: filled up, or cut with an ellipsis. A negative width fills up on the left. */
export function cell(text: string, width: number): string {
  const room = Math.abs(width);
  const cut = fit(text, room);
  const blank = " ".repeat(room - widthOf(cut));
  return width < 0 ? blank + cut : cut + blank;
}

/** The text in at most so many columns. */
export function fit(text: string, width: number): string {
  const points = [...text];
  return points.length > width ? `${points.slice(0, Math.max(0, width - 1)).join("")}…` : text;
}

/** The same of a path, of which the end says more. */
export function fitEnd(text: string, width: number): string {
  const points = [...text];
  return points.length > width ? `…${points.slice(points.length - Math.max(0, width - 1)).join("")}` : text;
}

/** The text in lines of at most so many columns, broken at blanks; a longer word is broken where it must be. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    let rest = word;
    if (line !== "" && widthOf(line) + 1 + widthOf(rest) > width) {
      lines.push(line);
      line = "";
    }
    while (widthOf(rest) > width) {
      const points = [...rest];
      lines.push(points.slice(0, width).join(""));
      rest = points.slice(width).join("");
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  lines.push(line);
  return lines;
}

/** A label, and text beside it that keeps to its own column. */
export function beside(label: string, text: string, indent: number, columns: number): string[] {
  return wrap(text, Math.max(10, columns - indent)).map((line, index) => `${cell(index === 0 ? label : "", indent)}${line}`);
}
