import { HOSTS, LANGUAGES, PRESET, type Choice, type Given, type Host, type Language } from "./options.ts";

const LANGUAGE_LABELS: Record<Language, string> = { assemblyscript: "AssemblyScript", c: "C" };
const HOST_LABELS: Record<Host, string> = { browser: "Browser, by Vite", edge: "Edge: workerd, by miniflare", node: "Node", all: "All of them" };

/** Asks on the terminal for what was not given; undefined if whoever is there gives up. */
export async function ask(given: Given): Promise<Choice | undefined> {
  const { group, select, text } = await import("@clack/prompts"); // not loaded where nobody is asked
  let gaveUp = false;
  const options = <T extends string>(all: readonly T[], labels: Record<T, string>) => all.map((value) => ({ value: value as string, label: labels[value] }));
  const answers = await group(
    {
      dir: async () => given.dir ?? text({ message: "Which folder?", placeholder: PRESET.dir, defaultValue: PRESET.dir }),
      language: async () => given.language ?? select({ message: "The plugin is written in", options: options(LANGUAGES, LANGUAGE_LABELS) }),
      host: async () => given.host ?? select({ message: "The app runs in", initialValue: PRESET.host as string, options: options(HOSTS, HOST_LABELS) }),
    },
    { onCancel: () => void (gaveUp = true) },
  );
  return gaveUp || typeof answers.dir !== "string" ? undefined : { dir: answers.dir, language: answers.language as Language, host: answers.host as Host };
}
