import { HOSTS, LANGUAGES, PRESET, type Choice, type Given, type Host, type Language } from "./options.ts";

const LANGUAGE_LABELS: Record<Language, string> = { assemblyscript: "AssemblyScript", c: "C", rust: "Rust, by the cargo you have", wat: "WAT, by hand" };
const HOST_LABELS: Record<Host, string> = { browser: "Browser, by Vite", edge: "Edge: workerd, by miniflare", node: "Node", all: "All of them" };

/** Where questions are asked: the terminal, unless told otherwise. */
export interface Streams {
  readonly input?: NodeJS.ReadStream;
  readonly output?: NodeJS.WriteStream;
}

/** Asks for what was not given; undefined if whoever is there gives up. */
export async function ask(given: Given, on: Streams = {}): Promise<Choice | undefined> {
  const { isCancel, select, text } = await import("@clack/prompts"); // not loaded where nobody is asked
  const options = <T extends string>(all: readonly T[], labels: Record<T, string>) => all.map((value) => ({ value: value as string, label: labels[value] }));
  const dir = given.dir ?? (await text({ ...on, message: "Which folder?", placeholder: PRESET.dir, defaultValue: PRESET.dir }));
  if (isCancel(dir)) return undefined;
  const language = given.language ?? (await select({ ...on, message: "The plugin is written in", options: options(LANGUAGES, LANGUAGE_LABELS) }));
  if (isCancel(language)) return undefined;
  const host = given.host ?? (await select({ ...on, message: "The app runs in", initialValue: PRESET.host as string, options: options(HOSTS, HOST_LABELS) }));
  if (isCancel(host)) return undefined;
  return { dir, language: language as Language, host: host as Host };
}
