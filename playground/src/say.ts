import { short } from "./format.ts";
import type { Agreement } from "./lanes/chart.ts";

const NUMBERS = ["no", "one", "two", "three", "four"];
const QUIET_MS = 700;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says whether the lanes agree: at once to the eye, and to a screen reader once the typing has paused. */
export function say({ lanes, digest }: Agreement): void {
  const badge = document.querySelector<HTMLElement>("#agreement")!;
  badge.dataset["state"] = digest === undefined ? "different" : lanes > 1 ? "identical" : "waiting";
  const number = NUMBERS[lanes] ?? String(lanes);
  const text = digest === undefined ? "The answers differ" : lanes > 1 ? `${capital(number)} identical answers` : "One answer so far";
  badge.replaceChildren(text, ...(digest === undefined ? [] : [code(short(digest))]));
  announce(text);
}

/** Through the one live region of the page. */
export function announce(text: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const status = document.querySelector("#status")!;
    if (status.textContent !== text) status.textContent = text;
  }, QUIET_MS);
}

function code(text: string): HTMLElement {
  const element = document.createElement("code");
  element.textContent = text;
  return element;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
