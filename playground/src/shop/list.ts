/** What the shop asks of a customer, and what is there at first. */
export const FIELDS = [
  { name: "name", label: "Name", value: "Ada Lovelace", mode: "text" },
  { name: "email", label: "E-mail", value: "ada@example.com", mode: "email" },
  { name: "postcode", label: "Postcode", value: "10115", mode: "numeric" },
  { name: "pieces", label: "Pieces", value: "3", mode: "numeric" },
  { name: "voucher", label: "Voucher", value: "SPRING26", mode: "text" },
] as const;

/** Who checks an order, from front to back. */
export const STATIONS = [
  { id: "page", name: "Page", how: "in a Web Worker, at every key" },
  { id: "edge", name: "Edge", how: "in workerd, on the way" },
  { id: "node", name: "Node", how: "in a worker thread, at last" },
] as const;

export type StationId = (typeof STATIONS)[number]["id"];

/** Changes of a rule for who does not want to type one: a constant of the source, and its values in turn. */
export const CHANGES = [
  { title: "Another limit on pieces", constant: /(MOST_PIECES: i32 = )(\d+)/, values: ["5", "12", "2"] },
  { title: "Another voucher", constant: /(VOUCHER = ")(\w*)/, values: ["SPRING", "AUTUMN"] },
] as const;
