/** dist/bundle.js, written by build.mjs: what a loaded worker is made of beside the plugin. */

/** loaded/serve.ts and all that it imports, as one module. */
export const SERVE: string;
/** The kernel of the Extism ABI, in base64. */
export const KERNEL: string;
