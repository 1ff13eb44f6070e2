/** The four shores, from the hand of the person to where the record is kept. */
export const SHORES = [
  { id: "page", name: "Page", how: "inline, on the page’s own thread", coast: "M50 0C55 9 46 17 52 27S46 44 50 56" },
  { id: "worker", name: "Web Worker", how: "a thread beside the page", coast: "M50 0C45 8 54 15 49 24S57 45 50 56" },
  { id: "workerd", name: "workerd", how: "the edge, static import", coast: "M50 0C56 12 50 16 53 28S44 47 50 56" },
  { id: "node", name: "Node", how: "the server, a worker thread", coast: "M50 0C44 12 53 20 47 31S54 48 50 56" },
] as const;

export type ShoreId = (typeof SHORES)[number]["id"];
