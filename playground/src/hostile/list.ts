/** Where the hostile guest runs, in the order in which it is let loose. */
export const SHORES = [
  { id: "page", name: "Page", how: "in a Web Worker" },
  { id: "edge", name: "Edge", how: "in workerd" },
  { id: "node", name: "Node", how: "in a worker thread" },
] as const;

export type ShoreId = (typeof SHORES)[number]["id"];

/** What is metered. */
export const METERS = [
  { id: "fuel", name: "Fuel" },
  { id: "memory", name: "Memory" },
  { id: "hostCalls", name: "Host calls" },
  { id: "slots", name: "Memory slots" },
] as const;

export type MeterId = (typeof METERS)[number]["id"];

/** Plugins that are loaded at once: more than a page of Chromium has memories for. */
export const CROWD = 200;

/** What the load counts. */
export const TALLY = [
  { id: "calls", name: "calls" },
  { id: "swaps", name: "swaps" },
  { id: "failed", name: "failed" },
  { id: "stale", name: "by a version already replaced" },
  { id: "undone", name: "undone" },
] as const;

export type TallyId = (typeof TALLY)[number]["id"];
