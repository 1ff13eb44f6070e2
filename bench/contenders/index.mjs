/** Everybody who takes part in the call suite, floors first. */
import { byHand } from "./by-hand.mjs";
import { extism } from "./extism.mjs";
import { isopod } from "./isopod.mjs";
import { processes } from "./processes.mjs";
import { wapcHost } from "./wapc-host.mjs";
import { workers } from "./workers.mjs";

/** @type {import("../harness/types.mjs").Contender[]} */
export const contenders = [...byHand, ...isopod, ...extism, wapcHost, ...workers, ...processes];
