/** The errno values of WASI preview 1 that a host without files can answer. */
export const OK = 0;
export const BADF = 8;
export const FAULT = 21;
export const INVAL = 28;
export const NOTSUP = 58;
export const SPIPE = 70;
