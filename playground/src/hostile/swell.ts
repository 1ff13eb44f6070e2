import { find, write } from "../find.ts";
import { BYTES, Canvas, type Drawing } from "./canvas.ts";
import type { Frames } from "./frames.ts";

/** One frame at 60 a second. */
const FRAME_MS = 1000 / 60;
/** What a column is as high as it can be for. */
const TALL_MS = 120;
/** From here on a person sees it. */
const STUTTER_MS = 50;
const COLUMN = 3;
/** Of the whole, from above, where the columns stand. */
const FLOOR = 0.6;

/** An isopod that swims for as long as the page has frames, and the frames themselves. */
export class Swell {
  readonly #frames: Frames;
  readonly #canvas: Canvas;
  readonly #longest = find("#longest");
  /** The emblem, as it is in the page. */
  readonly #isopod = [...document.querySelectorAll(".isopod path")].map((path) => new Path2D(path.getAttribute("d")!));
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");
  #said = 0;

  constructor(frames: Frames) {
    this.#frames = frames;
    this.#canvas = new Canvas(find("#swell"), () => this.#draw(0));
    frames.onFrame = (now) => {
      if (!this.#still.matches) this.#draw(now);
      if (now - this.#said < 250) return;
      this.#said = now;
      this.say();
    };
  }

  /** The frames until now, also where nothing is to move. */
  say(): void {
    const { longest } = this.#frames;
    write(this.#longest, `${longest.toFixed(0)} ms`);
    this.#longest.dataset["ms"] = longest.toFixed(1);
    this.#longest.dataset["state"] = longest > STUTTER_MS ? "long" : "short";
  }

  still(): void {
    if (this.#still.matches) this.#draw(0);
  }

  #draw(now: number): void {
    this.#canvas.draw((drawing) => {
      if (!this.#still.matches) this.#sea(drawing, now / 1000);
      this.#columns(drawing);
    });
  }

  #sea({ context, width, height, colour }: Drawing, time: number): void {
    const level = (x: number, depth: number): number => height * (0.3 + depth * 0.1) + Math.sin(x / 46 + time * 1.5 + depth) * 5 + Math.sin(x / 19 - time * 1.1 + depth * 2) * 2;
    context.lineWidth = 1;
    for (const depth of [0, 1, 2]) {
      context.beginPath();
      for (let x = 0; x <= width; x += 6) context.lineTo(x, level(x, depth));
      context.strokeStyle = colour(depth === 0 ? "--edge" : "--depth");
      context.stroke();
    }
    const at = ((time * 42) % (width + 160)) - 80;
    context.save();
    context.translate(at, level(at, 0) - 14);
    context.rotate(Math.atan2(level(at + 12, 0) - level(at - 12, 0), 24));
    context.scale(-0.7, 0.7);
    context.translate(-48, -22);
    context.strokeStyle = colour("--accent");
    context.lineWidth = 2.5;
    context.lineCap = context.lineJoin = "round";
    for (const path of this.#isopod) context.stroke(path);
    context.restore();
  }

  #columns({ context, width, height, colour }: Drawing): void {
    const top = this.#still.matches ? 0 : height * FLOOR;
    const room = height - top;
    const high = (gap: number): number => Math.min(gap / TALL_MS, 1) * (room - 4);
    context.fillStyle = colour("--depth");
    context.fillRect(0, height - high(FRAME_MS) - 1, width, 1);
    const seen = Math.round(height - high(STUTTER_MS));
    for (let x = 52; x < width; x += 8) context.fillRect(x, seen, 4, 1);
    context.fillStyle = colour("--soft");
    context.font = BYTES;
    context.fillText(`${STUTTER_MS} ms`, 8, seen + 4);
    const shown = this.#frames.gaps.slice(-Math.floor(width / COLUMN));
    for (const [index, gap] of shown.entries()) {
      context.fillStyle = colour(gap > STUTTER_MS ? "--accent" : "--sent");
      const tall = Math.max(high(gap), 1);
      context.fillRect(width - (shown.length - index) * COLUMN, height - tall, COLUMN - 1, tall);
    }
  }
}
