/** The same module with all its functions so many times. */
export declare function larger(module: Uint8Array, times: number): Uint8Array<ArrayBuffer>;
