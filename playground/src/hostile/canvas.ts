/** The page's face for bytes and figures. */
export const BYTES = "12px 'Spline Sans Mono', ui-monospace, monospace";

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** A colour of the page, such as `--ink`. */
  readonly colour: (name: string) => string;
}

/** A canvas as wide as its place, sharp on every screen, in the colours that the page has at the time. */
export class Canvas {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #probe = document.createElement("i");
  readonly #colours = new Map<string, string>();
  #width = 0;
  #height = 0;

  /** @param redraw after a change of size or of colours, which leaves it empty or wrong */
  constructor(canvas: HTMLCanvasElement, redraw: () => void) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d")!;
    this.#probe.hidden = true;
    canvas.after(this.#probe);
    new ResizeObserver(() => {
      this.#fit();
      redraw();
    }).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#colours.clear();
      redraw();
    });
    this.#fit();
  }

  draw(paint: (drawing: Drawing) => void): void {
    this.#context.clearRect(0, 0, this.#width, this.#height);
    paint({ context: this.#context, width: this.#width, height: this.#height, colour: this.#colour });
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = Math.min(devicePixelRatio, 2);
    this.#width = clientWidth;
    this.#height = clientHeight;
    this.#canvas.width = clientWidth * ratio;
    this.#canvas.height = clientHeight * ratio;
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Custom properties are not resolved as they are read; a colour that an element has is. */
  readonly #colour = (name: string): string => {
    let colour = this.#colours.get(name);
    if (colour === undefined) {
      this.#probe.style.color = `var(${name})`;
      colour = getComputedStyle(this.#probe).color;
      this.#colours.set(name, colour);
    }
    return colour;
  };
}
