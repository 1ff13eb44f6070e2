/** Buckets to a doubling: a percentile is right to about 1 %. */
const FINE = 64;

/** Times by the million in the same few kilobytes, however long it takes. */
export class Histogram {
  readonly #buckets: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param nanoseconds more than 0; what the clock was too coarse for counts as 1 */
  add(nanoseconds: number): void {
    const bucket = Math.round(Math.log2(Math.max(nanoseconds, 1)) * FINE);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count++;
  }

  /** The time that so many of them did not exceed, in nanoseconds; NaN where there are none. @param part from 0 to 1 */
  percentile(part: number): number {
    let left = Math.max(1, Math.ceil(this.#count * part));
    for (const [bucket, count = 0] of this.#buckets.entries()) {
      left -= count;
      if (left <= 0) return 2 ** (bucket / FINE);
    }
    return NaN;
  }
}
