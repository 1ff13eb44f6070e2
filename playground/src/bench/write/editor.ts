import { defaultKeymap, history, historyKeymap, indentLess, insertNewline, insertTab } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { highlight } from "./highlight.ts";
import type { LanguageId } from "./languages.ts";
import { look } from "./look.ts";

interface Events {
  readonly onChange: () => void;
  readonly onRun: () => void;
}

/** CodeMirror with line numbers, undo and four colours, and nothing else. */
export class Editor {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  readonly #label = new Compartment();
  #silent = false;

  constructor(parent: HTMLElement, { onChange, onRun }: Events) {
    const run = () => (onRun(), true);
    // Tab goes on to what comes next, as everywhere on a page; Escape, then Tab is not for everybody to know.
    const keys = [{ key: "Mod-Enter", run, preventDefault: true }, { key: "Mod-]", run: insertTab }, { key: "Mod-[", run: indentLess }, { key: "Enter", run: insertNewline }];
    // In a shadow root its styles are constructed sheets; in the page they would be inline ones, which the policy refuses.
    const root = parent.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          // Characters that turn the reading around, or cannot be seen: what is to be read before it runs must be seen as it runs.
          highlightSpecialChars(),
          look,
          keymap.of([...keys, ...defaultKeymap, ...historyKeymap]),
          this.#language.of([]),
          this.#label.of([]),
          EditorView.updateListener.of(({ docChanged }) => {
            if (docChanged && !this.#silent) onChange();
          }),
        ],
      }),
    });
  }

  get code(): string {
    return this.#view.state.doc.toString();
  }

  /** Puts something else into it, which nobody has typed. */
  show(language: LanguageId, name: string, code: string): void {
    this.#silent = true;
    this.#view.dispatch({
      changes: difference(this.code, code),
      effects: [this.#language.reconfigure(highlight(language)), this.#label.reconfigure(EditorView.contentAttributes.of({ "aria-label": `Source in ${name}`, tabindex: "0" }))],
    });
    this.#silent = false;
  }
}

/** What makes one text of another; what both begin and end with is left where it is, and so is the place of who reads it. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
