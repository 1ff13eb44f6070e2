import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { bench } from "./bench.ts";
import { form } from "./form.ts";
import { hostile } from "./hostile.ts";
import { isopod } from "./isopod.ts";
import { pages } from "./pages.ts";
import { shop } from "./shop.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes what the pages' lists say into their HTML when it is served or built. So the whole page is there at first
 * paint, each thing at its place, and its script only fills it in.
 */
export function markup(): Plugin {
  const parts: Record<string, string> = { ...form(), ...bench(), ...shop(root), ...hostile(), isopod };
  return {
    name: "isopod:markup",
    transformIndexHtml: { order: "pre", handler: (html, { filename }) => html.replace(/<!--(\w+)-->/g, (whole, name: string) => (name === "pages" ? pages(filename) : (parts[name] ?? whole))) },
  };
}
