/** Pages of the shop that the server keeps rules for; the least recently used go first, and send theirs again. */
export const MOST_PAGES = 8;

/** The largest rules, and the largest order, in bytes. */
export const MOST_RULES = 1024 * 1024;
export const MOST_ORDER = 64 * 1024;

/** Longest that rules may take to check an order, in ms. */
export const CHECK_MS = 3000;
