/** What plugins are written in here. */
export const LANGUAGES = [
  { id: "assemblyscript", name: "AssemblyScript", weight: "2.9 MB" },
  { id: "c", name: "C", weight: "105 MB unpacked" },
  { id: "wat", name: "WAT", weight: "0.3 MB" },
] as const;

export type LanguageId = (typeof LANGUAGES)[number]["id"];
