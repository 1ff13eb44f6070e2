import type { Fields } from "./fields.ts";

export interface Preset {
  readonly title: string;
  readonly fields?: Fields;
  /** Where the record is not one that a form could write. */
  readonly text?: string;
}

const berlin: Fields = {
  name: "Mira Yıldız",
  email: "mira@Example.COM",
  phone: "030 / 123 456-78",
  country: "de",
  postcode: "D-10115",
  vat: "DE 136.695.976",
  iban: "DE89 3704 0044 0532 0130 00",
  date: "28.2.2026",
};

const paris: Fields = {
  name: "Zoë Lefèvre",
  email: "zoe.lefevre@example.fr",
  phone: "01 42 68 53 00",
  country: "FR",
  postcode: "F-75001",
  vat: "FR 40 303 265 045",
  iban: "FR14 2004 1010 0505 0001 3M02 606",
  date: "2024/02/29",
};

/** Right and wrong ones, as they come into a shop. */
export const PRESETS: readonly [Preset, ...Preset[]] = [
  { title: "Berlin", fields: berlin },
  { title: "Paris", fields: paris },
  {
    title: "Pasted from a PDF",
    fields: {
      ...berlin,
      phone: "+49\u00a030\u2009123\u2009456\u201378",
      vat: "DE\u2011136\u2011695\u2011976",
      iban: "DE89\u00a03704\u00a00044\u200b\u00a00532\u00a00130\u00a000",
      date: "2026\u201302\u201328",
    },
  },
  { title: "One digit off", fields: { ...paris, iban: "FR14 2004 1010 0505 0001 3M03 606" } },
  { title: "30 February", fields: { ...berlin, date: "30.2.2026" } },
  { title: "Someone else’s VAT", fields: { ...paris, vat: "DE136695976" } },
  {
    title: "All wrong",
    fields: { name: "12345", email: "mira@@example.com", phone: "030 12", country: "DE", postcode: "SW1A 1AA", vat: "DE123456789", iban: "DE88 3704 0044 0532 0130 00", date: "2026-13-01" },
  },
  { title: "Cut off", text: '{"name":"Mira Yıldız","iban":"DE89 3704 00' },
];
