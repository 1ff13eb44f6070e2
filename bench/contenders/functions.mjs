/** Host functions as a module, which Isopod's worker imports into its own thread. */
import { reverse } from "../hand/instance.mjs";

const space = { reverse };
export const functions = { env: space, test: space, "extism:host/user": space };
