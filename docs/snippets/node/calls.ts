import { createHost } from "@isopod/node";

const host = createHost();
const slugify = await host.load("./slugify.wasm");
const validator = await host.load("./validator.wasm");

// #region info
console.log(slugify.info.abi); // extism
console.log(slugify.info.reason); // imports extism:host/env.output_set
console.log(slugify.info.operations.join(", ")); // slugify
// #endregion info

// #region text
const slug = await slugify.call("slugify", "Grüße aus Köln", { as: "text" });
console.log(slug); // gruesse-aus-koeln
// #endregion text

// #region json
interface Verdict {
  ok: boolean;
  normal: Record<string, string>;
}
const record = { iban: "DE89 3704 0044 0532 0130 00", country: "AT", postcode: "1010" };
const verdict = await validator.call<Verdict>("validate", record, { as: "json" });
console.log(verdict.ok, verdict.normal["iban"]); // true DE89370400440532013000
// #endregion json

// #region bytes
const bytes = await slugify.call("slugify", new TextEncoder().encode("Grüße"));
console.log(bytes.length, bytes[0]); // 7 103
// #endregion bytes

// #region into
const buffer = new Uint8Array(1024); // yours, used again for every call
const length = await slugify.call("slugify", "Grüße", { into: buffer });
console.log(length); // 7
// #endregion into

// #region borrow
// The view ends with the callback; what that returns is the answer.
const first = await slugify.call("slugify", "Grüße", { borrow: (view) => view[0] });
console.log(first); // 103
// #endregion borrow

// #region many
const titles = ["Eins", "Zwei", "Drei"];
const slugs = await slugify.callMany("slugify", titles, { as: "text" });
console.log(slugs.join(" ")); // eins zwei drei
// #endregion many

await host.dispose();
