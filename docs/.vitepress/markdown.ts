import type { MarkdownRenderer } from "vitepress";

/**
 * A README that a page includes links to its neighbours (`../wasi/README.md`), which are pages here (`./wasi.md`).
 */
export function linksOfReadmes(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("readmes", ({ tokens }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const name = /^(?:\.\.\/)*([\w-]+)\/README\.md$/.exec(token.attrGet("href") ?? "")?.[1];
        if (token.type === "link_open" && name) token.attrSet("href", `./${name}.md`);
      }
    }
  });
}

/** A head of a table that says nothing is no head: readers of screens would hear of it in each row. */
export function emptyHeads(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("heads", ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type === "th_open" && tokens[index + 1]?.content === "") token.tag = tokens[index + 2]!.tag = "td";
    });
  });
}
