const HEIGHT = 56;
const PITCH = 3;
const TRAVEL_MS = 240;

/** Columns, one for each value from 0 to 1. New ones come in from the left, unless motion is not wanted. */
export class Skyline {
  readonly #svg: SVGSVGElement;
  readonly #path: SVGPathElement;
  #shown: readonly number[] = [];

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
    this.#path = svg.querySelector("path")!;
  }

  /** Settles when all columns are at their place. */
  async draw(values: readonly number[]): Promise<void> {
    const same = firstDifference(values, this.#shown);
    if (same === values.length && same === this.#shown.length) return;
    this.#shown = values;
    const width = Math.max(1, values.length * PITCH);
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    this.#svg.style.setProperty("--columns", String(values.length));
    this.#path.setAttribute("d", values.map((value, i) => `M${i * PITCH + 1} ${HEIGHT}V${(HEIGHT * (1 - value)).toFixed(1)}`).join(""));
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || values.length === 0) return;
    const clip = (part: number) => ({ clipPath: `inset(0 ${100 * (1 - part)}% 0 0)` });
    const travel = this.#svg.animate([clip(same / values.length), clip(1)], { duration: TRAVEL_MS, easing: "cubic-bezier(0.3, 0.6, 0.2, 1)" });
    // Cancelled by the next record, or in a tab that is not seen: then there is nothing to wait for.
    await travel.finished.catch(() => {});
  }
}

/** More columns than a strip has room for. */
const MOST_COLUMNS = 400;

/** A byte as a height, every so-manyth of many: printable ASCII from a twentieth to seven tenths, so that text has relief; what is beyond it stands out. */
export function heights(bytes: Uint8Array): number[] {
  const some = bytes.length <= MOST_COLUMNS ? bytes : Uint8Array.from({ length: MOST_COLUMNS }, (_, i) => bytes[Math.floor((i * bytes.length) / MOST_COLUMNS)]!);
  return Array.from(some, (byte) => {
    if (byte < 0x20) return 0.02;
    return byte < 0x80 ? 0.05 + (0.65 * (byte - 0x20)) / 0x60 : 0.7 + (0.3 * (byte - 0x80)) / 0x80;
  });
}

function firstDifference(a: readonly number[], b: readonly number[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
