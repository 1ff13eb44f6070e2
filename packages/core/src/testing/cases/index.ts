import type { Case } from "../ground.ts";
import { byteAbis } from "./byte-abis.ts";
import { concurrency } from "./concurrency.ts";
import { extismCases } from "./extism.ts";
import { hostFunctions } from "./host-functions.ts";
import { hostile } from "./hostile.ts";
import { kits } from "./kits.ts";
import { limits } from "./limits.ts";
import { lines } from "./lines.ts";
import { loading } from "./loading.ts";
import { plainCases } from "./plain.ts";
import { rivals } from "./rivals.ts";
import { sdk } from "./sdk.ts";
import { sets } from "./sets.ts";
import { slots } from "./slots.ts";
import { swapCases } from "./swap.ts";
import { wapcCases } from "./wapc.ts";

/** The whole suite. */
export const cases: readonly Case[] = [...loading, ...plainCases, ...byteAbis, ...extismCases, ...wapcCases, ...kits, ...sdk, ...hostFunctions, ...concurrency, ...swapCases, ...slots, ...sets, ...hostile, ...limits, ...lines, ...rivals];
