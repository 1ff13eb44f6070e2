import { EditorView } from "@codemirror/view";

/** The editor in the page's colours and type. It lives in a shadow root, which the page's sheets do not reach. */
export const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", background: "var(--sheet)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { font: "0.8125rem / 1.5 var(--bytes)", fontVariantLigatures: "none" },
  ".cm-gutters": { border: "0", background: "var(--sheet)", color: "var(--soft)" },
  ".cm-cursor": { borderLeft: "2px solid var(--accent)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--water)" },
  ".code-comment": { color: "var(--soft)", fontStyle: "italic" },
  ".code-keyword": { color: "var(--sent)" },
  ".code-string, .code-number": { color: "var(--literal)" },
});
