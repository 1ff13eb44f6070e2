/** The playground's pages, in the order in which they are offered. */
const PAGES = [
  { file: "index.html", address: "./", name: "A form" },
  { file: "workbench.html", address: "./workbench.html", name: "Workbench" },
  { file: "shop.html", address: "./shop.html", name: "A shop" },
  { file: "hostile.html", address: "./hostile.html", name: "An attack" },
];

/** Links to all pages, of which one is this. @param path of the page's file */
export function pages(path: string): string {
  const links = PAGES.map(({ file, address, name }) => `<a href="${address}"${path.endsWith(`/${file}`) ? ' aria-current="page"' : ""}>${name}</a>`);
  return `<nav aria-label="Pages">${links.join(" ")}</nav>`;
}
