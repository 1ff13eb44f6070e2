import type { Examined } from "./examine.ts";

/** Nothing to subscribe to. The mark lets a bundler drop the call, and with it the listener. */
const NEVER = "export const subscribe = /* @__NO_SIDE_EFFECTS__ */ () => () => {};";

/** The module that a page or Node imports. `address` is code: the way from the chunk to the emitted file. */
export function byUrl(examined: Examined, address: string): string {
  return `export default { source: /* @__PURE__ */ new URL(${address}, import.meta.url), ${facts(examined, true)} };
${NEVER}
`;
}

/** The module that holds the bytes themselves, for scripts that may be moved, or bundled again, without the files beside them. */
export function byBytes(examined: Examined): string {
  return `function decoded(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
export default { source: /* @__PURE__ */ decoded(atob("${Buffer.from(examined.bytes).toString("base64")}")), ${facts(examined, true)} };
${NEVER}
`;
}

/** The module that a worker on workerd imports: `specifier` is what workerd finds a compiled module by. */
export function byModule(examined: Examined, specifier: string): string {
  return `import source from ${JSON.stringify(specifier)};
export default { source, ${facts(examined, false)} };
${NEVER}
`;
}

/** What workerd itself makes of a `.wasm` import, for bundlers that do not know. */
export function bare(specifier: string): string {
  return `export { default } from ${JSON.stringify(specifier)};\n`;
}

/**
 * The same as `byUrl` for Vite's development server. Importers keep what they imported first, so that one object is changed in
 * place, and listeners outlive the version of the module they came to. A file may be announced more often than it changes,
 * so each listener hears of a digest once.
 */
export function hot(examined: Examined, name: string, address: string): string {
  return `const data = import.meta.hot?.data ?? {};
const plugin = (data.plugin ??= {});
Object.assign(plugin, { source: new URL(${JSON.stringify(address)}, import.meta.url), ${facts(examined, true)} });
const listeners = (data.listeners ??= new Map());
export default plugin;
export function subscribe(listener) {
  const key = {};
  listeners.set(key, { listener, digest: plugin.digest, turn: Promise.resolve() });
  return () => void listeners.delete(key);
}
function failed(error) {
  console.error(${JSON.stringify(`${name} was built anew, but the page did not take it and keeps the one before:`)}, error);
}
import.meta.hot?.accept(() => {
  for (const [key, entry] of listeners) {
    if (entry.digest === plugin.digest) continue;
    entry.digest = plugin.digest;
    entry.turn = entry.turn.then(() => listeners.has(key) && entry.listener(plugin)).catch(failed);
  }
});
`;
}

function facts({ digest, size }: Examined, checkable: boolean): string {
  const text = JSON.stringify(digest);
  return `options: {${checkable ? ` integrity: ${text} ` : ""}}, digest: ${text}, size: ${size}`;
}
