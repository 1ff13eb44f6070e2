import type { MarkdownOptions } from "vitepress";

type ThemeRegistration = Exclude<Extract<NonNullable<MarkdownOptions["theme"]>, { light: unknown }>["light"], string>;

/** The four colours of the playground's editor: comments, literals, words of the language, and all the rest. */
interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly literal: string;
  readonly word: string;
  readonly ground: string;
}

function theme(name: string, type: "light" | "dark", { ink, soft, literal, word, ground }: Colours): ThemeRegistration {
  const rule = (foreground: string, ...scope: string[]) => ({ scope, settings: { foreground } });
  return {
    name,
    type,
    fg: ink,
    bg: ground,
    settings: [
      { settings: { foreground: ink, background: ground } },
      rule(soft, "comment", "punctuation.definition.comment"),
      rule(literal, "string", "constant.numeric", "constant.language", "punctuation.definition.string", "constant.character.escape", "string.unquoted"),
      rule(word, "keyword.control", "storage", "keyword.operator.new", "keyword.operator.expression", "entity.name.tag", "meta.preprocessor", "keyword.other"),
    ],
  };
}

export const light = theme("isopod-light", "light", { ink: "#12282f", soft: "#48606a", literal: "#75560a", word: "#2f6577", ground: "#ffffff" });
export const dark = theme("isopod-dark", "dark", { ink: "#e2ecea", soft: "#9db3b7", literal: "#d6b65c", word: "#7fb9cb", ground: "#101e23" });
