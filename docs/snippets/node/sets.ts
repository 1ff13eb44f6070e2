import { createHost, pluginSet } from "@isopod/node";

// #region set
const host = createHost();
const [first, second] = await Promise.all(["./hangs.wasm", "./slugify.wasm"].map((file) => host.load(file)));
const events: string[] = [];
const filters = pluginSet(
  [
    { name: "shout", plugin: first! },
    { name: "other", plugin: second!, onFailure: { disableAfter: 2 } }, // it has no `upper`
  ],
  { onEvent: ({ kind, name }) => void events.push(`${kind} ${name}`) },
);
const loud = [];
for (const text of ["one", "two", "three"]) loud.push(await filters.pipe("upper", text, { as: "text" }));
console.log(loud.join()); // ONE,TWO,THREE
console.log(events.join()); // skipped other,skipped other,disabled other
filters.enable("other");
console.log((await filters.call("upper", "four", { as: "text" })).length); // 1
await filters.dispose();
// #endregion set
await host.dispose();
