import { defineConfig, type DefaultTheme } from "vitepress";
import { ENTRIES } from "../entries.mjs";
import { emptyHeads, linksOfReadmes } from "./markdown.ts";
import { dark, light } from "./syntax.ts";

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });
const group = (text: string, ...items: DefaultTheme.SidebarItem[]): DefaultTheme.SidebarItem => ({ text, items });

const reference = ENTRIES.map((name) => page(name, `/api/${name}`));

export default defineConfig({
  title: "Isopod",
  description: "Runs any WebAssembly plugin in any JavaScript runtime: the same bytes, the same host API, the same answer.",
  lang: "en",
  base: process.env["DOCS_BASE"] ?? "/",
  srcExclude: ["node_modules/**", "snippets/**", "test/**"],
  head: [
    ["link", { rel: "icon", href: `${process.env["DOCS_BASE"] ?? "/"}isopod.svg`, type: "image/svg+xml" }],
    ["meta", { name: "color-scheme", content: "light dark" }],
  ],
  // The faces are shown only if they are there at once (see type.css), so they are asked for first.
  transformHead: ({ assets }) => assets.filter((name) => name.endsWith(".woff2")).map((href) => ["link", { rel: "preload", href, as: "font", type: "font/woff2", crossorigin: "" }]),
  markdown: {
    theme: { light, dark },
    config: (markdown) => void (linksOfReadmes(markdown), emptyHeads(markdown)),
  },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [page("Start", "/start/browser"), page("Plugins", "/plugins/write"), page("ABIs", "/abi/"), page("Reference", "/api/")] as DefaultTheme.NavItem[],
    sidebar: [
      group("Start", page("In the browser", "/start/browser"), page("At the edge", "/start/edge"), page("In Node", "/start/node")),
      group("Use", page("Calls", "/guide/calls"), page("What a plugin may do", "/guide/grants"), page("Errors", "/guide/errors"), page("Limits, swaps and sets", "/guide/limits"), page("Policies and isolation", "/guide/policies"), page("Bundlers", "/guide/bundlers"), page("The command line", "/guide/cli")),
      group("Write plugins", page("With a kit", "/plugins/write"), page("Test it everywhere", "/plugins/test")),
      group("Understand", page("How it works", "/guide/how")),
      group("ABIs", page("Which one?", "/abi/"), page("plain", "/abi/plain"), page("packed", "/abi/packed"), page("Extism", "/abi/extism"), page("Extism's kernel", "/abi/kernel"), page("waPC", "/abi/wapc"), page("A little of WASI", "/abi/wasi"), page("AssemblyScript’s env", "/abi/assemblyscript")),
      group("Coming from", page("Extism", "/from/extism"), page("waPC", "/from/wapc"), page("jco", "/from/jco")),
      group("Reference", page("Overview", "/api/"), ...reference),
    ],
  },
});
