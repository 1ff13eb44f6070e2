/** The module of the import, the beginning of exports, and the name of the custom section. */
export const RESERVED = "isopod";
/** Whether an export is, or would be, one of those that are for the host alone. */
export function isReserved(name: string): boolean {
  return name.startsWith(`${RESERVED}:`);
}

/** The exports of a hardened module that are for its host alone. */
export const FUEL = "isopod:fuel";
export const START = "isopod:start";
