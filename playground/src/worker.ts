// A worker of the pages' hosts, with what they need: their plugins are small, so it hardens nothing, and what functions there
// are, it imports.
import { extism, packed, plain, wapc } from "@isopod/browser";
import { keep, metered, serve } from "@isopod/browser/lean";

const abis = [extism(), wapc(), packed(), plain()];

serve([...abis, ...abis.map((abi) => metered(abi))], undefined, keep);
