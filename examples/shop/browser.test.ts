import { expect, test, vi } from "vitest";

vi.mock("@isopod/browser", () => ({ createHost: () => ({}) }));
vi.mock("./versions.ts", () => ({
  Versions: class {
    publish = async (): Promise<void> => {};
    check = async () => ({ rules: "sha256-11111111", wrong: "" });
  },
}));

test("an edge that fails has no answer, and Node's is shown all the same", async () => {
  const shown: Record<string, { textContent: string }> = {};
  const form = { addEventListener: () => {}, querySelectorAll: () => [] };
  vi.stubGlobal("document", { querySelector: (selector: string) => (selector === "form" ? form : (shown[selector] ??= { textContent: "…" })) });
  vi.stubGlobal("FormData", class extends Map<string, string> {
    constructor() {
      super([["name", ""]]);
    }
  });
  vi.stubGlobal("EventSource", class extends EventTarget {});
  vi.stubGlobal("fetch", async (path: string) => {
    if (path === "/check/edge") return Response.json({ message: "it is gone" }, { status: 502 });
    return path === "/check/node" ? Response.json({ rules: "sha256-22222222", wrong: "name=Who?" }) : new Response();
  });
  await import("./browser.ts");
  expect(Object.fromEntries(Object.entries(shown).map(([selector, { textContent }]) => [selector, textContent]))).toEqual({
    "#page": "11111111 takes it",
    "#edge": "no answer",
    "#node": "22222222 refuses it",
  });
});
