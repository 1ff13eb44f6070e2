// A worker of the page's hosts. It hardens nothing: the pages' plugins are small, and what is not here is not fetched.
import { extism, packed, plain, wapc } from "@isopod/browser";
import { asking, keep, metered, serve } from "@isopod/browser/lean";

const abis = [extism(), wapc(), packed(), plain()];

serve([...abis, ...abis.map((abi) => metered(abi))], asking, keep);
