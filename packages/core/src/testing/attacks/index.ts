/** Abuses that a host must survive, for Isopod in every runtime and for any other host behind a `Target`. */
export { ANY_ERROR } from "./attack.ts";
export type { Attack, Binary, Dialect, Later, Target, Victim } from "./attack.ts";
export { ATTACK, attackBinaries, attackCases } from "./cases.ts";
export { laterAttacks } from "./later.ts";
export { attacks } from "./list.ts";
export { generator } from "./random.ts";
