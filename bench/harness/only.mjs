/** `--only packed,extism`: the words are parts of contenders' names; names of suites choose suites instead. */

/**
 * Those whose name holds one of the words, and the bases that their ratios need.
 *
 * @template {{ name: string, base?: string }} T
 * @param {T[]} all
 * @param {string[]} words
 * @returns {T[]}
 */
export function choose(all, words) {
  if (words.length === 0) return all;
  const chosen = all.filter(({ name }) => words.some((word) => name.includes(word)));
  const needed = new Set([all[0]?.name, ...chosen.map(({ name }) => name), ...chosen.map(({ base }) => base)]);
  return all.filter(({ name }) => needed.has(name));
}
