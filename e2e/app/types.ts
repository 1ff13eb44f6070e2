// What an application in TypeScript writes, and what it must not: compiled against each adapter, and never run.
import { isIsopodError, type CallOptions, type Functions, type Host, type Plugin, type PluginSet, typed } from "isopod";

/** As applications declare what they have: an interface, which has no index signature, with dates and lists in it. */
interface Order {
  readonly id: string;
  readonly placed: Date;
  readonly lines: readonly { readonly sku: string; readonly count?: number | undefined }[];
}
interface Verdict {
  ok: boolean;
}

/** Inputs that are JSON go as they are declared. */
export async function inputs(plugin: Plugin, set: PluginSet, order: Order, form: Record<string, unknown>): Promise<void> {
  const { ok }: Verdict = await plugin.call<Verdict>("check", order, { as: "json" });
  const all: Verdict[] = await plugin.callMany<Verdict>("check", [order, form], { as: "json" });
  const piped: Order = await set.pipe("check", order, { as: "json" });
  await set.call("check", order, { as: "json" });
  await plugin.call("check", [order, ok, all, piped, null], { as: "json" });
  // @ts-expect-error a promise is forgotten `await`, and would go as {}
  await plugin.call("check", Promise.resolve(order), { as: "json" });
  // @ts-expect-error a symbol is no JSON
  await plugin.call("check", Symbol("order"), { as: "json" });
}

/** Options that are known only when it runs give what is not known either. */
export async function wrapper(plugin: Plugin, options: CallOptions): Promise<unknown> {
  const output: unknown = await plugin.call("check", "", options);
  // @ts-expect-error there is no such form
  await plugin.call("check", "", { as: "xml" });
  return output;
}

/** `typed` tells the function what it is given. */
export const functions: Functions = {
  env: {
    pad: typed(["text", "i32"], "text", (text, length) => text.padEnd(length)),
    later: typed(["i64", "bytes"], "i64", async (count, bytes, { context, name }) => count + BigInt(bytes.length) + (context ? 1n : BigInt(name.length))),
    price: typed(["json"], "json", (order: Order) => ({ total: order.lines.length })),
    nothing: typed([], undefined, () => {}),
    // @ts-expect-error an i32 is a number
    wrong: typed(["i32"], "i32", (count: string) => count.length),
  },
};

/** Facts of an error have types, and whatever else there is has to be looked at. */
export async function details(host: Host): Promise<string> {
  try {
    await host.load("./x.wasm");
  } catch (error) {
    if (!isIsopodError(error)) throw error;
    const { limit, used = 0, cap = 0, missing = [], frames = [], operations = [], needed = 0, given = 0, status = 0, index = 0 } = error.details;
    if (limit === "time") return `${used - cap} ms too long`;
    // @ts-expect-error nobody knows of it
    const unknown: string = error.details["somethingElse"];
    return [...missing, ...frames, ...operations, unknown, needed + given + status + index].join();
  }
  return "";
}
