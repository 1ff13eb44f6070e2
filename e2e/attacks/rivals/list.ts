import { ANY_ERROR, attacks, type Attack, type Target } from "@isopod/core/testing";
import { extism } from "./extism.ts";
import { isopod } from "./isopod.ts";
import { wasiShim } from "./wasi-shim.ts";

export interface Rival {
  target(): Promise<Target>;
  /** How it was set up, in words. */
  readonly setup: string;
  /** What the host has no notion of does not count against it; limits do, which are what a host is for. */
  applies(attack: Attack): boolean;
}

/** Of these no host but ours is asked: they are named by our options, or by our own names in a module. */
const OURS = ["integrity", "dispose", "signal", "functions", "log", "packed", "wapc", "swap"];
const applies = (speaks: readonly string[]) => (attack: Attack) =>
  !attack.speaks.some((each) => OURS.includes(each)) && attack.speaks.some((each) => speaks.includes(each)) && !attack.ours;

/** The shim grants nothing, so it withholds nothing. */
const UNGRANTED = "control: a clock that was not granted measures nothing";

const toExtism = (runsInitialisers: boolean) => (attack: Attack): boolean =>
  applies(["plain", "extism"])(attack) &&
  // A number that an operation gives is an exit code to it.
  (!attack.answers || attack.speaks.includes("extism")) &&
  // The older one calls no `_initialize`.
  (runsInitialisers || attack.name !== "load: an initialiser that never ends");

const OTHERS: Readonly<Record<string, Rival>> = {
  "Extism 1.0.3": { target: () => extism("@extism/extism"), setup: "in a worker, memory of 16 MiB or what the row names; it has no limit of time", applies: toExtism(false) },
  "Extism 2.0.0-rc13": { target: () => extism("extism-rc13"), setup: "in a worker, memory of 16 MiB and a second, or what the row names", applies: toExtism(true) },
  "browser_wasi_shim 0.4.2": { target: wasiShim, setup: "linked by hand in the caller's thread; it has no limits", applies: (attack) => applies(["plain", "wasi"])(attack) && attack.name !== UNGRANTED },
};

/** We are asked whatever one of the others is. */
export const RIVALS: Readonly<Record<string, Rival>> = {
  Isopod: { target: isopod, setup: "`createHost()` of @isopod/node; limits are what the row names", applies: (attack) => Object.values(OTHERS).some((other) => other.applies(attack)) },
  ...OTHERS,
};

/** Rows that some host here is asked, and those that none is. */
export const ASKED = attacks.filter((attack) => RIVALS["Isopod"]!.applies(attack));

/** An error is an error: they have no codes. */
export const untyped: Target["typed"] = () => ({ code: ANY_ERROR, details: {} });
