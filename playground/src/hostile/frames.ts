/** As many as are shown at once, at 60 a second a few seconds. */
const KEPT = 400;

/** The gaps between the frames of this page: what a stutter is made of. */
export class Frames {
  /** In ms, the newest last. */
  readonly gaps: number[] = [];
  #longest = 0;
  #last: number | undefined;
  onFrame: (now: number) => void = () => {};

  constructor() {
    // A page that nobody sees has no frames, and that is no stutter.
    document.addEventListener("visibilitychange", () => (this.#last = undefined));
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** Since `mark`. */
  get longest(): number {
    return Math.max(this.#longest, this.#last === undefined ? 0 : performance.now() - this.#last);
  }

  mark(): void {
    this.#longest = 0;
  }

  #frame(now: number): void {
    if (this.#last !== undefined) {
      const gap = now - this.#last;
      this.gaps.push(gap);
      if (this.gaps.length > KEPT) this.gaps.shift();
      this.#longest = Math.max(this.#longest, gap);
    }
    this.#last = now;
    this.onFrame(now);
    requestAnimationFrame((next) => this.#frame(next));
  }
}
