const MOST_REASON = 400;

/** Rows for people, as they come. @param {import("node:stream").Writable} stream */
export function table(stream) {
  const line = (/** @type {unknown[]} */ [ok, app, built, ran, warnings, bytes, seconds]) =>
    stream.write(`${ok} ${String(app).padEnd(16)}${String(built).padEnd(7)}${String(ran).padEnd(6)}${String(warnings).padStart(8)}${String(bytes).padStart(9)}${String(seconds).padStart(9)}\n`);
  line([" ", "app", "built", "ran", "warnings", "bytes", "seconds"]);
  return {
    /** @param {import("./consume.mjs").Row} row */
    row({ app, built, ran, warnings, bytes, seconds, ok, reason }) {
      line([ok ? "✓" : "✗", app, yes(built), yes(ran), warnings.length, bytes, seconds.toFixed(1)]);
      if (reason) stream.write(`    ${reason.slice(0, MOST_REASON).replace(/\n/g, "\n    ")}\n`);
    },
    /** @param {number} passed @param {number} failed */
    end: (passed, failed) => void stream.write(`${passed} passed, ${failed} failed\n`),
  };
}

/** @param {boolean} it */
function yes(it) {
  return it ? "yes" : "no";
}
