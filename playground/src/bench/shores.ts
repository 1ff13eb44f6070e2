import { SHORES as FIXED } from "../lanes/shores.ts";

export type { ShoreId } from "../lanes/shores.ts";

/** The same four, but bytes that come while it runs reach workerd by another door. */
export const SHORES = FIXED.map((shore) => (shore.id === "workerd" ? { ...shore, how: "the edge, by Worker Loader" } : shore));
