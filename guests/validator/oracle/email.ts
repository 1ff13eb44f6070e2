import { type Outcome, right, wrong } from "./outcome.ts";

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;
const TOP = /^(?:[A-Za-z]{2,}|xn--.*)$/i;

export function email(folded: string): Outcome {
  const [local = "", domain = "", ...more] = folded.split("@");
  if (folded.includes(" ") || local === "" || domain === "" || more.length > 0) return wrong("format");
  if (local.length > 64 || domain.length > 253 || folded.length > 254) return wrong("length");
  const labels = domain.split(".");
  if (!LOCAL.test(local) || labels.length < 2 || !labels.every((label) => LABEL.test(label)) || !TOP.test(labels.at(-1)!)) return wrong("format");
  return right(`${local}@${domain.toLowerCase()}`);
}
