/**
 * For the AssemblyScript compiler: `asc plugin.ts --transform …/transform.mjs --lib …/lib`. Turns what an author writes into
 * a plugin: exported functions become operations, declared ones host functions, and a `throw` the error of the call. It uses
 * nothing but the compiler, so it runs wherever that does; in a browser pass it as `transforms: [IsopodTransform]`.
 */
import { hostFunctions } from "./transform/host-functions.mjs";
import { operations } from "./transform/operations.mjs";
import { throws } from "./transform/throws.mjs";

export default class IsopodTransform {
  /** Before names are resolved. */
  afterParse(parser) {
    hostFunctions(parser);
    operations(parser);
    const { options } = this.program;
    (options.globalAliases ??= new Map()).set("abort", "~lib/isopod/operation/abort");
  }

  /** Before it is optimised. */
  afterCompile(module) {
    throws(module, this.binaryen);
  }
}
