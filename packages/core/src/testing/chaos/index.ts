/** Everything at once: every promise must settle, and nothing may stay. */
export { chaosGuest } from "./guest.ts";
export { chaos, type ChaosOptions, type ChaosReport } from "./chaos.ts";
