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
