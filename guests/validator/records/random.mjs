// A seeded source of numbers (mulberry32), so that the same file is written everywhere.
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  return {
    below,
    pick,
    chance: (p) => next() < p,
    digits: (n) => Array.from({ length: n }, () => below(10)).join(""),
    shuffle: (list) => list.map((item) => [next(), item]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]),
    /** Fills a template: `#` a digit, `+` a digit that is not 0, `@` a letter that British postcodes allow at their end. */
    fill: (template) =>
      template.replace(/[#+@]/g, (c) => (c === "#" ? below(10) : c === "+" ? 1 + below(9) : pick("ABDEFGHJLNPQRSTUWXYZ"))),
  };
}
