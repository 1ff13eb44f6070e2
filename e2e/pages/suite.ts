// `suite.html?runtime=…&isolation=…&filter=…`; every event is posted to the server that served the page, in order.
import { createHost } from "@isopod/browser";
import type { Case } from "@isopod/core/testing";
import { fatal, report } from "../suite/report.ts";
import { findProbes, type Thread } from "../suite/probes.ts";
import type { SuiteEvent } from "../suite/events.ts";

const query = new URLSearchParams(location.search);
const runtime = query.get("runtime") ?? "";
const isolation = query.get("isolation") === "inline" ? "inline" : "worker";
const functionsUrl = new URL("/fixtures/functions.mjs", location.href);

const url = (name: string) => new URL(`/guests/${name}.wasm`, location.href).href;
const bytes = async (name: string) => {
  const response = await fetch(url(name));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

let sent: Promise<unknown> = Promise.resolve();
const emit = (event: SuiteEvent) => {
  sent = sent.then(() => fetch("/report", { method: "POST", body: JSON.stringify(event) }));
  return sent;
};

// What Node ends the process for, and what a strict page refuses: a browser only notes it in its console.
const unnoticed: string[] = [];
addEventListener("unhandledrejection", ({ reason }) => unnoticed.push(`unhandled: ${String(reason)}`));
addEventListener("securitypolicyviolation", (event) => unnoticed.push(`${event.violatedDirective} refused ${event.blockedURI}`));
const quiet: Case = {
  name: "page: no rejection was left unhandled, and the policy refused nothing",
  run: async () => {
    if (unnoticed.length > 0) throw new Error(unnoticed.join("; "));
  },
};

try {
  const probes = await findProbes(isolation, { thread, functionsUrl: functionsUrl.href, guestUrl: url("plain-wat") });
  const host = (options = {}) => createHost({ isolation, ...options });
  await report({ runtime, isolation, host, guest: bytes, bytes, url, functionsUrl, probes }, query.get("filter") ?? "", emit, [quiet]);
} catch (error) {
  await emit(fatal(error));
}

function thread(): Promise<Thread> {
  const name = crypto.randomUUID();
  const worker = new Worker(new URL("./probe-worker.js", import.meta.url), { type: "module", name });
  const ask: Thread["ask"] = (question) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(question);
    });
  // Asked for only now, when the worker has it: whoever gets it next knows that the worker is gone.
  return ask({ ask: "compile" }).then(() => ({
    ask,
    terminate: () => worker.terminate(),
    gone: navigator.locks.request(name, () => true),
  }));
}
