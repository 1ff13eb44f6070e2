/** Imported where the guest runs: in the worker, which calls them directly. */
export const functions = {
  "extism:host/user": { reverse: (name: Uint8Array) => name.slice().reverse() },
};
