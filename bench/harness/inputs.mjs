/** Sizes of the call suite, in bytes. */
export const SIZES = [16, 1024, 65_536, 1_048_576];

/** Every combination, echo first. @returns {import("./types.mjs").Case[]} */
export function cases() {
  const ops = /** @type {const} */ (["echo", "upper"]);
  const kinds = /** @type {const} */ (["bytes", "text"]);
  return ops.flatMap((op) => kinds.flatMap((kind) => SIZES.map((size) => ({ op, kind, size }))));
}

/** Lower-case words: ASCII, so that bytes and characters are equally many and `upper` has work to do. */
export function makeInput(/** @type {import("./types.mjs").Case} */ { size, kind }) {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = i % 7 === 6 ? 0x20 : 0x61 + ((i * 5) % 26);
  // Decoding gives one flat string; joined pieces would be flattened inside somebody's first measurement.
  return kind === "bytes" ? bytes : new TextDecoder().decode(bytes);
}

/** Throws where `answer` is not what the operation must give: nothing is timed before it is right. */
export function check(
  /** @type {import("./types.mjs").Case} */ test,
  /** @type {Uint8Array | string} */ answer,
) {
  const given = Buffer.from(makeInput(test)).toString();
  const expected = test.op === "upper" ? given.toUpperCase() : given;
  const kind = typeof answer === "string" ? "text" : "bytes";
  if (kind !== test.kind) throw new Error(`gave ${kind} where ${test.kind} was asked for`);
  if (Buffer.from(answer).toString() !== expected) throw new Error("gave a wrong answer");
}
