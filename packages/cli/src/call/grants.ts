import type { Grants } from "@isopod/core";

const HTTP = "http=";

/** True for what `--grant` takes. */
export function isGrant(text: string): boolean {
  return text === "clock" || text === "random" || (text.startsWith(HTTP) && text.length > HTTP.length);
}

/** `clock`, `random` and `http=HOST`, each as often as given, as `load` wants them. */
export function grantsOf(texts: readonly string[]): Grants {
  const hosts = texts.filter((text) => text.startsWith(HTTP)).map((text) => text.slice(HTTP.length));
  return { clock: texts.includes("clock"), random: texts.includes("random"), ...(hosts.length > 0 && { http: { hosts } }) };
}
