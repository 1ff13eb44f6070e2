// In the page: the same rules in a Web Worker, at every key.
import { createHost } from "@isopod/browser";
import { read, write } from "./order.ts";
import { type Answer, Versions } from "./versions.ts";

const versions = new Versions(createHost({ workers: 2 }));
const form = document.querySelector("form")!;

async function publish(): Promise<void> {
  await versions.publish(new Uint8Array(await (await fetch("/rules.wasm")).arrayBuffer()));
  await show();
}

let turn = 0;
async function show(): Promise<void> {
  const mine = ++turn;
  const order = write([...new FormData(form)] as [string, string][]);
  const ask = async (path: string) => {
    const response = await fetch(path, { method: "POST", body: order });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as Answer;
  };
  const shores = { page: versions.check(order), edge: ask("/check/edge"), node: ask("/check/node") };
  for (const [name, asked] of Object.entries(shores)) {
    const answer = await asked.catch(() => undefined);
    if (mine !== turn) return;
    chip(name, answer);
    if (name === "page" && answer) complain(read(answer.wrong));
  }
}

function complain(wrong: ReadonlyMap<string, string>): void {
  for (const field of form.querySelectorAll("input")) {
    field.setAttribute("aria-invalid", String(wrong.has(field.name)));
    document.querySelector(`#said-${field.name}`)!.textContent = wrong.get(field.name) ?? "";
  }
}

function chip(name: string, answer: Answer | undefined): void {
  const said = answer === undefined ? "no answer" : `${answer.rules.slice(7, 15)} ${answer.wrong === "" ? "takes it" : "refuses it"}`;
  document.querySelector(`#${name}`)!.textContent = said;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => void show());
new EventSource("/news").addEventListener("message", () => void publish());
await publish();
