import { mutate } from "./mutate.ts";
import { bounded } from "./parts.ts";
import { MOST_ELEMENTS, MOST_PAGES, type FuzzCase } from "./run.ts";
import { generator } from "../attacks/random.ts";

/** A module to begin with, and the operations that it has. */
export interface Seedling {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** By the number of parameters, for operations on numbers; undefined for those on bytes. */
  readonly operations: readonly { readonly name: string; readonly params?: readonly string[] | undefined }[];
}

/** The same case for the same seed and corpus. One in eight leaves the module as it is, and tests the calls alone. */
export function makeCase(seed: number, corpus: readonly Seedling[]): FuzzCase {
  const random = generator(seed);
  const { bytes, operations } = corpus[random(corpus.length)]!;
  const module = bounded(random(8) === 0 ? bytes : mutate(bytes, random), MOST_PAGES, MOST_ELEMENTS);
  const calls = Array.from({ length: 2 + random(3) }, () => {
    const { name, params } = random(20) === 0 ? { name: ["", "__proto__", "nope", "malloc", "memory"][random(5)]!, params: undefined } : operations[random(operations.length)]!;
    if (params) return { op: name, input: params.slice(0, random(12) === 0 ? random(3) : params.length).map(() => random(2) ? random(1000) : random(2 ** 31) * (random(2) ? 1 : -1)) };
    return { op: name, input: base64(input(random)) };
  });
  return { seed, module: base64(module), calls };
}

/** Bytes of every kind of length, often text, sometimes not UTF-8. */
function input(random: (below: number) => number): Uint8Array {
  const length = [0, 1, 3, 8, 63, 64, 65, 255, 1000, 4096][random(10)]!;
  const kind = random(3);
  return Uint8Array.from({ length }, () => (kind === 0 ? 97 + random(26) : kind === 1 ? random(256) : 0));
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
