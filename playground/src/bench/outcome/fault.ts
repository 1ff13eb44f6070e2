import { isIsopodError } from "@isopod/browser";
import { make } from "../../find.ts";
import { FAULTS, WHOSE } from "./faults.ts";

/** A chain may be long, or a circle. */
const DEEPEST = 8;

/** An error as a person would want to read it: what happened, whose it is, what to do; the chain of causes is folded. */
export function fault(error: unknown, where: string): HTMLElement {
  const known = isIsopodError(error);
  const [title, advice] = known ? FAULTS[error.code] : ["The lane itself failed", "See whether the server still runs: npm start."];
  return make(
    "div",
    { class: "fault" },
    make("p", { class: "fault-title" }, title, " ", make("code", {}, known ? error.code : "no code")),
    make("p", { class: "fault-said" }, messageOf(error)),
    make("p", {}, known ? `${WHOSE[error.fault]} ` : "", advice),
    make("p", { class: "where" }, where),
    ...causes(error),
  );
}

/** The same where there is room for a line: what was ended to get over it is said in full, for it differs from lane to lane. */
export function sentence(error: unknown): string {
  if (!isIsopodError(error)) return messageOf(error);
  return `${error.code === "aborted" ? error.message : FAULTS[error.code][0]} (${error.code})`;
}

function causes(error: unknown): HTMLElement[] {
  const chain: HTMLElement[] = [];
  for (let cause = causeOf(error); cause !== undefined && chain.length < DEEPEST; cause = causeOf(cause)) chain.push(make("li", {}, make("pre", {}, described(cause))));
  return chain.length === 0 ? [] : [make("details", {}, make("summary", {}, `Caused by: ${messageOf(causeOf(error))}`), make("ol", {}, ...chain))];
}

function described(cause: unknown): string {
  if (!(cause instanceof Error)) return messageOf(cause);
  const title = isIsopodError(cause) ? `${cause.code}: ${cause.message}` : `${cause.name}: ${cause.message}`;
  // Engines begin a stack with the message, or do not.
  const frames = (cause.stack ?? "").split("\n").filter((line) => /^\s*at |@/.test(line));
  return [title, ...frames.slice(0, 6).map((line) => `  ${line.trim()}`)].join("\n");
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
