/**
 * Turns one call into a batch. Each loop is compiled on its own: in one shared loop the engine would see every
 * contender at a single call site, give up inlining there, and so flatter the slow ones.
 *
 * @param {import("./types.mjs").Bound} bound
 * @param {unknown} input
 * @returns {import("./types.mjs").Lane}
 */
export function lane(bound, input) {
  const { call, async = false, per, before, maxBatch } = bound;
  // Answers are stored where the engine cannot prove that nobody looks.
  const hole = { answer: undefined };
  const body = async
    ? "return async (n) => { for (let i = 0; i < n; i++) hole.answer = await call(input); }"
    : "return (n) => { for (let i = 0; i < n; i++) hole.answer = call(input); }";
  const batch = new Function("call", "input", "hole", body)(call, bound.input ?? input, hole);
  return { batch, per, before, maxBatch };
}
