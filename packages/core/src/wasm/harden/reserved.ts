/** The module of the import, the beginning of exports, and the name of the custom section. */
export const RESERVED = "isopod";
/** The exports of a hardened module that are for its host alone. */
export const FUEL = "isopod:fuel";
export const START = "isopod:start";
