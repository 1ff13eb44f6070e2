/**
 * The shapes that the bench passes around. No code.
 *
 * @typedef {object} Case What is done: one operation on one input.
 * @property {"echo" | "upper"} op
 * @property {number} size Bytes of the input.
 * @property {"bytes" | "text"} kind How the caller holds input and output.
 *
 * @typedef {object} Bound A contender made ready for one case.
 * @property {(input: any) => unknown} call One call; a promise where `async` is set, and then it is awaited every time.
 * @property {boolean} [async]
 * @property {(result: any) => Uint8Array | string} [read] The answer out of what `call` gave, to check it once.
 * @property {any} [input] Passed to `call` instead of the case's own input (a list of a hundred, for instance).
 * @property {number} [per] Items in one call; times are divided by it.
 * @property {() => unknown} [before] Runs before every batch, not timed.
 * @property {number} [maxBatch] The most calls between two runs of `before`.
 *
 * @typedef {object} Opened A contender that is up: loaded, spawned, connected.
 * @property {(test: Case) => Bound | undefined | Promise<Bound | undefined>} bind Undefined: not a case for this contender.
 * @property {() => unknown} [close]
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} [base] The contender that its ratio in brackets is taken to.
 * @property {boolean} [alone] Is raced against the floor in a process of its own, because of what an engine learns from it.
 * @property {boolean} [always] Takes part whatever --only says, because every ratio needs it.
 * @property {(env: Env) => Promise<Opened>} open
 *
 * @typedef {object} Env What a suite gives its contenders.
 * @property {(name: string) => Uint8Array<ArrayBuffer>} guest The bytes of `guests/dist/<name>.wasm`.
 * @property {string} lang Which of the guests to take: "c", "as" or "wat".
 *
 * @typedef {object} Lane One entrant of an interleaved race.
 * @property {(n: number) => void | Promise<void>} batch Does the work n times.
 * @property {number} [per]
 * @property {(n: number) => unknown} [before] Not timed.
 * @property {(n: number) => unknown} [after] Not timed.
 * @property {number} [maxBatch]
 *
 * @typedef {object} Row One measured value.
 * @property {string} suite
 * @property {string} contender
 * @property {number} value Time of one item in the best batch, or a size.
 * @property {"ns" | "KiB" | "bytes" | "ratio" | "MiB" | "pages"} unit
 * @property {number} [median]
 * @property {number} [ratio] To the contender's base, where it is known better than by dividing two values.
 * @property {string} [op]
 * @property {string} [kind]
 * @property {number} [size]
 * @property {string} [group] A suite's own subdivision.
 *
 * @typedef {object} Skip A contender or case that did not run, and why.
 * @property {string} suite
 * @property {string} contender
 * @property {string} reason
 *
 * @typedef {object} Options
 * @property {boolean} json
 * @property {boolean} quick
 * @property {string} lang
 * @property {string[]} only
 * @property {string} [alone] The only contender beside the floor.
 * @property {number} rounds
 * @property {number} batchMs
 *
 * @typedef {object} Result
 * @property {Row[]} rows
 * @property {Skip[]} skips
 */
export {};
