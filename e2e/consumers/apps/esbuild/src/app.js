import { createHost } from "@isopod/browser";
import plugin from "./validator.wasm?plugin";

const host = createHost({ worker: () => new Worker("/isopod-worker.js", { type: "module" }) });
const validator = await host.load(plugin.source, plugin.options);
const verdict = await validator.call("validate", { iban: 'DE89 3704 0044 0532 0130 00', country: 'AT', postcode: '1010' }, { as: "json" });
document.querySelector("output").textContent = JSON.stringify(verdict);
