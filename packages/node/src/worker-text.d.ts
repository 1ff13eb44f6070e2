/** dist/worker-text.js, written by build.mjs. */

/** The script of worker threads, in CommonJS, as text. */
export const TEXT: string;
