/**
 * Gives every import that `imports` leaves open a function that throws. A host written by hand knows its guest and
 * lists the few that matter; the rest (WASI that a C library drags in) is never called.
 *
 * @param {WebAssembly.Module} module
 * @param {Record<string, Record<string, Function>>} imports
 */
export function fill(module, imports) {
  const all = { ...imports };
  for (const { module: namespace, name } of WebAssembly.Module.imports(module)) {
    all[namespace] = { ...all[namespace] };
    all[namespace][name] ??= () => {
      throw new Error(`${namespace}.${name} is not there`);
    };
  }
  return all;
}

/** Starts an instance as reactors ask for it. */
export function start(/** @type {WebAssembly.Instance} */ { exports }) {
  const initialize = /** @type {undefined | (() => void)} */ (exports._initialize);
  initialize?.();
  return /** @type {any} */ (exports);
}

/** The host function of the guests' operation `host`. */
export function reverse(/** @type {Uint8Array} */ input) {
  return input.slice().reverse();
}
