import type { Attack } from "./attack.ts";
import { boundaryAttacks } from "./boundary.ts";
import { closedAttacks } from "./closed.ts";
import { controlAttacks } from "./control.ts";
import { debugAttacks } from "./debug.ts";
import { loadAttacks } from "./load.ts";
import { swapAttacks } from "./swap.ts";

/** Every row that has a meaning today; those to come are in later.ts. */
export const attacks: readonly Attack[] = [...loadAttacks, ...debugAttacks, ...boundaryAttacks, ...controlAttacks, ...closedAttacks, ...swapAttacks];
