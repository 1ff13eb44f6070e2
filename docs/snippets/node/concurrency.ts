import { createHost } from "@isopod/node";

// #region concurrency
const host = createHost({ workers: 2 }); // by default one a core
const limits = { concurrency: 2, queue: 0 };
const slugify = await host.load("./slugify.wasm", { limits });
const slug = (title: string) => slugify.call("slugify", title, { as: "text" });
const answers = ["eins", "zwei", "drei"].map((title) => slug(title).catch((error) => error.code));
console.log((await Promise.all(answers)).join(", ")); // eins, zwei, overloaded
// #endregion concurrency
await host.dispose();
