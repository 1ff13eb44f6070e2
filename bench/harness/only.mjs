/**
 * `--only packed,extism`: those whose name holds one of the words, and what their ratios are taken to.
 *
 * @template {{ name: string, base?: string, always?: boolean }} T
 * @param {T[]} all
 * @param {string[]} words none chooses all
 * @returns {T[]}
 */
export function choose(all, words) {
  if (words.length === 0) return all;
  const chosen = all.filter(({ name }) => words.some((word) => name.includes(word)));
  if (chosen.length === 0) return [];
  const needed = new Set(chosen.flatMap(({ name, base = name }) => [name, base]));
  return all.filter(({ name, always }) => always || needed.has(name));
}
