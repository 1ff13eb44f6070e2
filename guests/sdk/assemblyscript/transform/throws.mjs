import { ENTRY } from "./operations.mjs";

const TAG = "isopod";
const STACK = "~lib/memory/__stack_pointer";
const FINISH = "~lib/isopod/operation/finish";

/**
 * AssemblyScript's `throw` ends in `abort`, and that in `raise`, an import that no host has. It becomes a WebAssembly
 * exception, and every operation a place that catches it: the call fails with the message that `abort` left, and the plugin
 * goes on whole. The runtime's stack of references is put back to where it was, and what the call left is collected.
 */
export function throws(module, binaryen) {
  const { i32, none } = binaryen;
  const all = Array.from({ length: module.getNumFunctions() }, (_, index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
  const raise = all.find(({ module: from, base }) => from === "isopod" && base === "raise");
  if (!raise) return;

  module.setFeatures(module.getFeatures() | binaryen.Features.ExceptionHandling);
  module.addTag(TAG, none, none);
  module.removeFunction(raise.name);
  module.addFunction(raise.name, none, none, [], module.throw(TAG, []));

  const restores = module.getGlobal(STACK) !== 0;
  for (const { name, params, results, vars, body } of all.filter((item) => item.name.startsWith(`${ENTRY}/`) && !item.base)) {
    const saved = vars.length;
    const restored = restores ? [module.global.set(STACK, module.local.get(saved, i32))] : [];
    const failed = module.block(null, [...restored, module.call(FINISH, [], none), module.i32.const(1)], i32);
    const guarded = module.try(null, body, [TAG], [failed]);
    const whole = restores ? module.block(null, [module.local.set(saved, module.global.get(STACK, i32)), guarded], i32) : guarded;
    module.removeFunction(name);
    module.addFunction(name, params, results, restores ? [...vars, i32] : vars, whole);
  }
}
