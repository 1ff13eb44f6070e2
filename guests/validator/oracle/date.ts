import { type Outcome, right, wrong } from "./outcome.ts";

const DAY_FIRST = /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})$/;
const MONTH_FIRST = /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/;

/** The forms that everybody reads in one way. */
const FORMS = [
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
  /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})$/,
  /^(?<y>\d{4})\.(?<m>\d{1,2})\.(?<d>\d{1,2})\.?$/,
  /^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/,
  /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})\.?$/,
  /^(?<d>\d{1,2})-(?<m>\d{1,2})-(?<y>\d{4})$/,
];

export function date(folded: string, country: string | undefined): Outcome {
  const text = folded.replaceAll(" ", "");
  if (/[^\d\-./]/.test(text)) return wrong("characters");
  const form = [...FORMS, country === "US" ? MONTH_FIRST : DAY_FIRST].find((candidate) => candidate.test(text));
  if (!form) return wrong("format");
  const { y = "", m = "", d = "" } = form.exec(text)!.groups!;
  if (Number(y) < 1900 || Number(y) > 2099) return wrong("range");
  if (!exists(Number(y), Number(m), Number(d))) return wrong("calendar");
  return right(`${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);
}

function exists(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}
