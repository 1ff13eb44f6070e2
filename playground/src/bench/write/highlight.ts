import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { LanguageId } from "./languages.ts";

// Four kinds of words are all that is told apart, so no grammar is needed: what is on the screen is matched line by line.

const WORDS: Readonly<Record<LanguageId, RegExp>> = {
  assemblyscript:
    /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$)|^\s*\*.*)|(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`(?:\\.|[^`\\])*`?)|(?<number>\b(?:0x[\da-f]+|\d[\d_.]*)\b)|(?<keyword>\b(?:import|from|export|function|return|const|let|if|else|for|while|do|break|continue|class|new|as|type|switch|case|default|true|false|null|declare|usize|isize|[iu](?:8|16|32|64)|f32|f64|bool|string|void)\b)/gi,
  c: /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$)|^\s*\*.*)|(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(?<number>\b(?:0x[\da-f]+|\d[\d.]*)\b)|(?<keyword>^\s*#\w+|\b(?:return|if|else|for|while|do|break|continue|switch|case|default|struct|typedef|static|const|unsigned|void|int|char|bool|true|false|nullptr|sizeof|u?int(?:8|16|32|64)_t|EXPORT)\b)/g,
  wat: /(?<comment>;;.*|\(;.*?(?:;\)|$))|(?<string>"(?:\\.|[^"\\])*"?)|(?<number>[-+]?\b(?:0x[\da-f]+|\d[\d_.]*)\b)|(?<keyword>(?<=\()\s*[a-z][\w.]*)/gi,
};

const MARKS = Object.fromEntries(["comment", "string", "number", "keyword"].map((kind) => [kind, Decoration.mark({ class: `code-${kind}` })]));

export function highlight(language: LanguageId) {
  const words = WORDS[language];
  const paint = (view: EditorView): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to } of view.visibleRanges) {
      for (let at = from; at <= to; ) {
        const line = view.state.doc.lineAt(at);
        for (const { index, 0: word, groups } of line.text.matchAll(words)) {
          const kind = Object.keys(groups!).find((name) => groups![name] !== undefined)!;
          if (word.length > 0) builder.add(line.from + index, line.from + index + word.length, MARKS[kind]!);
        }
        at = line.to + 1;
      }
    }
    return builder.finish();
  };
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = paint(view);
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = paint(update.view);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );
}
