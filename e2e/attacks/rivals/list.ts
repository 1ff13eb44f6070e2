import { ANY_ERROR, type Attack, type Target } from "@isopod/core/testing";
import { extism } from "./extism.ts";
import { wasiShim } from "./wasi-shim.ts";

export interface Rival {
  target(): Promise<Target>;
  /** What the host has no notion of does not count against it; limits do, which are what a host is for. */
  applies(attack: Attack): boolean;
}

/** Of these no host but ours is asked: they are named by our options, or by our own names in a module. */
const OURS = ["integrity", "dispose", "signal", "functions", "log", "packed", "wapc", "swap"];
const applies = (speaks: readonly string[]) => (attack: Attack) =>
  !attack.speaks.some((each) => OURS.includes(each)) && attack.speaks.some((each) => speaks.includes(each)) && !attack.ours;

/** Numbers that an operation gives are an exit code to Extism, so rows with such answers are not asked of it. */
export const RIVALS: Readonly<Record<string, Rival>> = {
  "@extism/extism 1.0.3": { target: () => extism("@extism/extism"), applies: (attack) => applies(["plain", "extism"])(attack) && (!attack.answers || attack.speaks.includes("extism")) },
  "@extism/extism 2.0.0-rc13": { target: () => extism("extism-rc13"), applies: (attack) => applies(["plain", "extism"])(attack) && (!attack.answers || attack.speaks.includes("extism")) },
  "@bjorn3/browser_wasi_shim 0.4.2": { target: wasiShim, applies: applies(["plain", "wasi"]) },
};

/** An error is an error: they have no codes. */
export const untyped: Target["typed"] = () => ({ code: ANY_ERROR, details: {} });
