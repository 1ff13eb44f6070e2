/** The four shores, from the hand of the person to where the record is kept. */
export const SHORES = [
  { id: "page", name: "Page" },
  { id: "worker", name: "Web Worker" },
  { id: "workerd", name: "workerd" },
  { id: "node", name: "Node" },
] as const;

export type ShoreId = (typeof SHORES)[number]["id"];
