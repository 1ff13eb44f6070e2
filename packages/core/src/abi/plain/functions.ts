import { tabulate, type Shape } from "../../capability/functions.ts";
import { replyNumber } from "../../capability/shapes.ts";
import { HostImports, type HostFunctions } from "../../wait/imports.ts";

/** Host functions of a plain plugin take and give numbers, whatever they are called. */
export const plainFunctions: HostFunctions<void> = {
  tabulate,
  link: ({ functions, scope }) =>
    new HostImports(functions, scope, (_entry, { type }) => ({
      lift: (raw) => raw,
      lower: (reply) => {
        if (type ? type.results.length === 0 : reply === undefined) return undefined;
        return replyNumber((type?.results[0] as Shape | undefined) ?? (typeof reply === "bigint" ? "i64" : "f64"), reply);
      },
    })),
};
