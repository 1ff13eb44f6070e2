import { perCall, type Scope } from "./scope.ts";

export interface Random {
  fill(target: Uint8Array): void;
}

/** The runtime's generator takes at most this many bytes a call. */
const MOST = 65_536;
const SEED = 0x9e3779b9;

/**
 * Bytes without a grant: a fixed sequence (xorshift32) that starts anew with every call, the same in every runtime.
 * Good for hash seeds, worthless for secrets, which is the point: a secret needs `grants: { random: true }`.
 */
export function seededRandom(scope: Scope): Random {
  let state = SEED;
  return {
    fill: perCall(scope, () => (state = SEED), (target: Uint8Array) => {
      for (let index = 0; index < target.length; index++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        target[index] = state >>> 24;
      }
    }),
  };
}

/** The runtime's cryptographic generator. */
export function systemRandom(): Random {
  return {
    fill: (target) => {
      for (let start = 0; start < target.length; start += MOST) crypto.getRandomValues(target.subarray(start, start + MOST));
    },
  };
}
