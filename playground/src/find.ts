/** The one element that the page has for this; it is there from the first paint. */
export function find<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  return within.querySelector<T>(selector)!;
}

/** Writes only what is new, so that nothing is laid out, or read aloud, again. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Readonly<Record<string, string>> = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
