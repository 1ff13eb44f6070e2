/** Everything at once: every promise must settle, and nothing may stay. */
export { chaos, type ChaosOptions, type ChaosReport } from "./chaos.ts";
