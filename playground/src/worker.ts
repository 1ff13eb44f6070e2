// A worker of the pages' hosts. It hardens nothing: their plugins are small, and what is not here is not fetched.
import { extism, packed, plain, wapc } from "@isopod/browser";
import { asking, keep, metered, serve } from "@isopod/browser/lean";

const abis = [extism(), wapc(), packed(), plain()];

serve([...abis, ...abis.map((abi) => metered(abi))], asking, keep);
