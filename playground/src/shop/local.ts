import { IsopodError, isIsopodError } from "@isopod/browser";
import { type Answer, Versions } from "../../../examples/shop/versions.ts";
import { hostInWorkers } from "../host.ts";
import { CHECK_MS } from "../../shared/shop.ts";

/** The rules in this page. Two workers, so that new ones need not wait for a call that still has the old. */
export function localShop() {
  const versions = new Versions(hostInWorkers(2));
  return {
    publish: (rules: Uint8Array): Promise<string> => versions.publish(rules),
    async check(order: string): Promise<Answer> {
      try {
        return await versions.check(order, AbortSignal.timeout(CHECK_MS));
      } catch (error) {
        if (!isIsopodError(error) || error.code !== "aborted") throw error;
        throw new IsopodError("aborted", `the rules did not answer within ${CHECK_MS / 1000} s, so their worker was ended`, { cause: error });
      }
    },
  };
}
