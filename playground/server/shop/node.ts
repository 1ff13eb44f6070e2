import { createHost, IsopodError, isIsopodError } from "@isopod/node";
import { type Answer, Versions } from "../../../examples/shop/versions.ts";
import { CHECK_MS, MOST_PAGES } from "../../shared/shop.ts";

interface Kept {
  readonly versions: Versions;
  rules: Uint8Array | undefined;
}

/** The shop in Node: rules by page, in worker threads that all of them share. */
export function nodeShop() {
  const host = createHost({ workers: 2 });
  const pages = new Map<string, Kept>();

  const keptOf = (page: string): Kept => {
    const kept = pages.get(page) ?? { versions: new Versions(host), rules: undefined };
    pages.delete(page);
    pages.set(page, kept);
    for (const [oldest, { versions }] of pages) {
      if (pages.size <= MOST_PAGES) break;
      pages.delete(oldest);
      versions.close();
    }
    return kept;
  };

  return {
    rules: (page: string): Uint8Array | undefined => pages.get(page)?.rules,
    async publish(page: string, rules: Uint8Array): Promise<string> {
      const kept = keptOf(page);
      const digest = await kept.versions.publish(rules);
      kept.rules = rules;
      return digest;
    },
    async check(page: string, order: string): Promise<Answer> {
      try {
        return await keptOf(page).versions.check(order, AbortSignal.timeout(CHECK_MS));
      } catch (error) {
        if (!isIsopodError(error) || error.code !== "aborted") throw error;
        throw new IsopodError("aborted", `the rules did not answer within ${CHECK_MS / 1000} s, so their worker thread was ended`, { cause: error });
      }
    },
    close: () => host.dispose(),
  };
}
