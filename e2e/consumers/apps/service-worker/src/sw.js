import { createHost } from "@isopod/browser";
import plugin from "./validator.wasm?plugin";

const host = createHost({ isolation: "inline" });
const record = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };
let validator;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil((validator = host.load(plugin.source, plugin.options)));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (new URL(event.request.url).pathname === "/validate") event.respondWith(validate());
});

// The browser ends a service worker when it likes, and starts it without installing it again.
async function validate() {
  validator ??= host.load(plugin.source, plugin.options);
  return Response.json(await (await validator).call("validate", record, { as: "json" }));
}
