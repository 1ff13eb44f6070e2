/** How much more a value weighs that is held in a loop. */
export const LOOP_WEIGHT = 32;
/** How much one weighs that waits while something is called: engines note which of them are references. */
export const CALL_WEIGHT = 1 / 8;
/** The same where exceptions are caught: each call is a way to the handler, and constants are written to memory on each, in 25 bytes of code. */
export const CAUGHT_WEIGHT = 8;
/**
 * Of what engines hold against all others of its kind: a handler, what is thrown and each value of it (34,000 in one `try` are the end of Node 24 when it optimises them), a loop, a
 * conversion that cannot trap (Node 20 takes 3 s for 5,000 in a row, 30 for 10,000, and does not exit meanwhile).
 */
export const EACH_WEIGHT = 8192;
/** Of a unit for what is handed on, as a power of two. */
export const HANDED_WEIGHT = 10;
/** Of a value that a branch passes, likewise: to move it is 20 bytes of code, and an engine that comes to 512 MB of that for a function ends its process. */
export const PASSED_WEIGHT = 2;
